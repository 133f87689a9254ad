with outline_items as (
    select * from {{ ref('stg_raw__outline_items') }}
),

final as (
    select
        outline_item_id,
        document_id,
        number,
        title,
        title_raw,
        level,
        parent_id,
        start_offset,
        end_offset,
        body,
        indicator_ids
    from outline_items
)

select * from final
