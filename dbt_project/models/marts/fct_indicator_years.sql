with statements as (
    select * from {{ ref('int_indicator_statements_ranked') }}
),

-- Statements about different months of a year may differ; about one period they must leave something possible.
periods as (
    select
        indicator_year_id,
        count(*) as statement_count,
        max(lowest_possible) > min(highest_possible) as is_contradictory
    from statements
    group by indicator_year_id, period_start, period_end
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
    where preference = 1
),

final as (
    select
        preferred_statements.indicator_year_id,
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
        preferred_statements.time_period,
        preferred_statements.freq,
        preferred_statements.as_of,
        preferred_statements.observation_id as preferred_observation_id,
        groups.statement_count,
        groups.has_conflict
    from preferred_statements
    inner join groups on preferred_statements.indicator_year_id = groups.indicator_year_id
)

select * from final
