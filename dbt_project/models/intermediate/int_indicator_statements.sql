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
