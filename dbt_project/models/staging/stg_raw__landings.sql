with landings as (
    select * from {{ source('raw', 'landings') }}
),

final as (
    select
        doc_id as document_id,
        address,
        landed_at
    from landings
)

select * from final
