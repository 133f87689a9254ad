{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='observation_id') }}

with held_observations as (
    select * from {{ ref('int_held_observations') }}
),

{% if is_incremental() %}
held_before as (
    select * from {{ this }}
    where is_held
),

changed_states as (
    select
        coalesce(held_observations.observation_id, held_before.observation_id) as observation_id,
        coalesce(held_observations.fact_id, held_before.fact_id) as fact_id,
        held_observations.observation_id is not null as is_held
    from held_observations
    full join held_before on held_observations.observation_id = held_before.observation_id
    where held_observations.observation_id is null or held_before.observation_id is null
),
{% else %}
changed_states as (
    select
        observation_id,
        fact_id,
        true as is_held
    from held_observations
),
{% endif %}

final as (
    select
        observation_id,
        fact_id,
        is_held,
        '{{ invocation_id }}' as changed_by_build
    from changed_states
)

select * from final
