-- A table: several models read it, and selecting these rows takes longer than reading them.
{{ config(materialized='table') }}

with observations as (
    select * from {{ ref('fct_observations') }}
),

changed_facts as (
    select * from {{ ref('int_changed_facts') }}
),

held_observations as (
    select * from {{ ref('int_held_observations') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

evidence as (
    select * from {{ ref('evidence') }}
),

statements as (
    -- The other columns are not needed here and are slow to read.
    select observations.* exclude (period_basis, known_to, obs_status, speaker, confidence, null_reasons)
    from observations
    semi join changed_facts on observations.fact_id = changed_facts.fact_id
    anti join held_observations on observations.observation_id = held_observations.observation_id
),

-- Without this step DuckDB, which cannot know how few rows match, builds a hash table of all quotes.
quotes as (
    select
        evidence.observation_id,
        evidence.quote
    from evidence
    semi join statements on evidence.observation_id = statements.observation_id
),

final as (
    select
        statements.*,
        quotes.quote,
        {{ fact_kind('statements.kind', 'indicators.measure_type') }} as fact_kind,
        -- No column holds the base that a change is measured against.
        coalesce(
            statements.time_period is not null
            and not {{ has_open_start('indicators.measure_type', 'statements.period_start') }}
            and fact_kind in ('level', 'cumulative'),
            false
        ) as is_comparable
    from statements
    inner join indicators on statements.indicator_id = indicators.indicator_id
    inner join quotes on statements.observation_id = quotes.observation_id
)

select * from final
