-- A table, for five models read it, and to find these rows among all takes longer than to read them.
{{ config(materialized='table') }}

with observations as (
    select * from {{ ref('int_observations_of_changed_series') }}
),

held_observations as (
    select * from {{ ref('int_held_observations') }}
),

final as (
    select observations.*
    from observations
    anti join held_observations on observations.observation_id = held_observations.observation_id
)

select * from final
