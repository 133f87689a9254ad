with years as (
    select * from {{ ref('dim_years') }}
),

final as (
    select
        cast(unnest(generate_series(starts_on, ends_on, interval 1 day)) as date) as day,
        year
    from years
)

select * from final
