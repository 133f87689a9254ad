with observations as (
    select * from {{ ref('int_observations_joined') }}
),

final as (
    select
        observation_id,
        document_id,
        indicator_id,
        agency_id,
        lineage_id,
        ref_area,
        year,
        time_period,
        freq,
        period_start,
        period_end,
        period_basis,
        as_of,
        obs_value,
        obs_value_max,
        bound,
        unit_measure,
        counted,
        measure,
        breakdown,
        kind,
        scenario,
        obs_status,
        speaker,
        confidence,
        null_reasons,
        is_current
    from observations
)

select * from final
