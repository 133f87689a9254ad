-- Every statement about a year that is not held back is counted in exactly one yearly row.
with statements as (
    select count(*) as statement_count
    from {{ ref('fct_observations') }} as observations
    anti join {{ ref('int_held_observations') }} as held on observations.observation_id = held.observation_id
    where is_current and indicator_year_id is not null
),

counted as (
    select coalesce(sum(statement_count), 0) as statement_count from {{ ref('fct_indicator_years') }}
)

select *
from statements
cross join counted
where statements.statement_count != counted.statement_count
