{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_documents': {'document_id': 'document_id'}},
    post_hook="{{ create_observations_as_of() }}",
) }}

-- depends_on: {{ ref('int_changed_documents') }}

with observations as (
    select * from {{ ref('int_observations_in_series') }}
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
        known_from,
        known_to,
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
        is_current,
        series_id,
        fact_id,
        indicator_year_id,
        lowest_possible,
        highest_possible,
        preference
    from observations
)

select * from final
