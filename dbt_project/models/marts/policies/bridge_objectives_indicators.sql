with objectives as (
    select * from {{ ref('stg_raw__objectives') }}
),

final as (
    select
        objective_id,
        document_id,
        {{ listed_indicators('indicator_ids') }}
    from objectives
)

select * from final
