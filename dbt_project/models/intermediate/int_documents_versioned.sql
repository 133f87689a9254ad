with documents as (
    select * from {{ ref('stg_raw__documents') }}
),

final as (
    select
        *,
        cast(row_number() over versions_of_address as integer) as version,
        lead(document_id) over versions_of_address is null as is_current,
        coalesce(event_at, published_at) as as_of
    from documents
    -- Two versions landed at one instant are told apart by their hash, so that every build decides alike.
    window versions_of_address as (partition by address order by landed_at, document_id)
)

select * from final
