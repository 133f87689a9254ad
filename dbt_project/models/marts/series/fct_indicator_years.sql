{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_facts': {'indicator_year_id': 'indicator_year_id'}},
) }}

-- depends_on: {{ ref('int_changed_facts') }}

with statements as (
    select * from {{ ref('int_indicator_statements') }}
    where is_current and indicator_year_id is not null
),

indicators as (
    select * from {{ ref('indicators') }}
),

-- Statements about different months of a year may differ; those about one period must be compatible.
periods as (
    select
        indicator_year_id,
        count(*) as statement_count,
        {{ cannot_all_be_true() }} as is_contradictory
    from statements
    group by indicator_year_id, time_period
),

groups as (
    select
        indicator_year_id,
        cast(sum(statement_count) as integer) as statement_count,
        bool_or(is_contradictory) as has_conflict
    from periods
    group by indicator_year_id
),

preferred_statements as (
    select * from statements
    qualify row_number() over (partition by indicator_year_id order by preference, observation_id) = 1
),

final as (
    select
        preferred_statements.indicator_year_id,
        preferred_statements.series_id,
        preferred_statements.indicator_id,
        preferred_statements.ref_area,
        preferred_statements.lineage_id,
        preferred_statements.year,
        preferred_statements.scenario,
        preferred_statements.breakdown,
        preferred_statements.obs_value,
        preferred_statements.obs_value_max,
        preferred_statements.bound,
        preferred_statements.unit_measure,
        preferred_statements.agency_id,
        preferred_statements.time_period,
        preferred_statements.freq,
        preferred_statements.as_of,
        indicators.measure_type,
        coalesce(indicators.is_summable and preferred_statements.freq = 'A', false) as is_summable,
        preferred_statements.observation_id as preferred_observation_id,
        groups.statement_count,
        groups.has_conflict
    from preferred_statements
    inner join groups on preferred_statements.indicator_year_id = groups.indicator_year_id
    inner join indicators on preferred_statements.indicator_id = indicators.indicator_id
)

select * from final
