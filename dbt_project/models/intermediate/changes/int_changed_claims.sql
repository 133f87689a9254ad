{{ config(materialized='table') }}

with claims as (
    select * from {{ ref('int_claims') }}
),

changed_facts as (
    select * from {{ ref('int_changed_facts') }}
),

-- A claim without a period is compared with, or matched to, the claims of every year that it may speak of.
final as (
    select
        claims.observation_id,
        claims.series_id
    from claims
    semi join changed_facts on claims.fact_id = changed_facts.fact_id
    union
    select
        claims.observation_id,
        claims.series_id
    from claims
    inner join changed_facts
        on
            claims.series_id = changed_facts.series_id
            and changed_facts.last_year between claims.earliest_year and claims.latest_year
    where claims.time_period is null
)

select * from final
