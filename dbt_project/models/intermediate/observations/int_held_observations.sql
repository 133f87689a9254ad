-- A table, because these few rows are slow to find.
{{ config(materialized='table') }}

with implausible_observations as (
    select * from {{ ref('int_implausible_observations') }}
),

observations as (
    select * from {{ ref('fct_observations') }}
),

evidence as (
    select * from {{ ref('evidence') }}
),

decided_figures as (
    select * from {{ ref('stg_raw__decided_figures') }}
),

held_observations as (
    select
        {{ surrogate_key(['implausible_observations.observation_id', "'implausible_value'"]) }} as quarantine_id,
        implausible_observations.*,
        observations.indicator_id,
        observations.fact_id,
        evidence.quote,
        evidence.sentence,
        evidence.file_name
    from implausible_observations
    inner join observations on implausible_observations.observation_id = observations.observation_id
    inner join evidence on implausible_observations.observation_id = evidence.observation_id
),

final as (
    select held_observations.*
    from held_observations
    anti join decided_figures
        on held_observations.observation_id = decided_figures.observation_id and decided_figures.is_accepted
)

select * from final
