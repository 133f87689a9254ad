with superseded_figures as (
    select * from {{ ref('stg_raw__superseded_figures') }}
),

final as (
    select
        {{ surrogate_key(['observation_id', 'read_at', 'superseded_at']) }} as superseded_observation_id,
        observation_id,
        document_id,
        quote,
        obs_value,
        obs_value_max,
        unit_measure,
        counted,
        bound,
        kind,
        scenario,
        period_start,
        period_end,
        agency_id,
        ref_area,
        indicator_id,
        breakdown,
        extractor_version,
        read_at,
        superseded_at
    from superseded_figures
)

select * from final
