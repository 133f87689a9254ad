with outline_items as (
    select * from {{ ref('stg_raw__outline_items') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

final as (
    select
        outline_items.outline_item_id,
        outline_items.document_id,
        outline_items.number,
        outline_items.title,
        outline_items.title_raw,
        outline_items.level,
        outline_items.parent_id,
        outline_items.start_offset,
        outline_items.end_offset,
        case when documents.may_publish_text then outline_items.body end as body,
        outline_items.indicator_ids
    from outline_items
    inner join documents on outline_items.document_id = documents.document_id
)

select * from final
