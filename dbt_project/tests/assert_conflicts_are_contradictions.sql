-- A yearly row has a conflict if and only if two numbers of its year contradict each other for certain. The mart
-- derives this from intervals, this test from the pairs.
with changed_years as (
    select distinct indicator_year_id from {{ ref('int_changed_facts') }}
),

indicator_years as (
    select * from {{ ref('fct_indicator_years') }}
    semi join changed_years using (indicator_year_id)
),

observations as (
    select * from {{ ref('fct_observations') }}
    semi join changed_years using (indicator_year_id)
),

contradictory_years as (
    select distinct statements.indicator_year_id
    from {{ ref('fct_contradictions') }} as contradictions
    inner join observations as statements on contradictions.observation_id = statements.observation_id
    inner join observations as others on contradictions.other_observation_id = others.observation_id
    where contradictions.certainty = 'certain' and statements.indicator_year_id = others.indicator_year_id
)

select
    indicator_year_id,
    indicator_years.has_conflict,
    contradictory_years.indicator_year_id is not null as is_contradictory
from indicator_years
left join contradictory_years using (indicator_year_id)
where indicator_years.has_conflict != (contradictory_years.indicator_year_id is not null)
