with years as (
    select * from {{ ref('years') }}
),

observations as (
    select * from {{ ref('fct_observations') }}
),

-- Documents may speak of years outside the seed; these have rows without a plan.
mentioned_years as (
    select year from years
    union
    select year from observations
    where year is not null
),

final as (
    select
        mentioned_years.year,
        make_date(mentioned_years.year, 1, 1) as starts_on,
        make_date(mentioned_years.year, 12, 31) as ends_on,
        years.five_year_plan
    from mentioned_years
    left join years on mentioned_years.year = years.year
)

select * from final
