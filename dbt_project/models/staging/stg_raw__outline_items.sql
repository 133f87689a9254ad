with outline_items as (
    select * from {{ source('raw', 'outline_items') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', '"start"']) }} as outline_item_id,
        doc_id as document_id,
        cast(level as integer) as level,
        number,
        title,
        title_raw,
        parent as parent_number,
        -- The number of the parent may occur twice in one outline; its place cannot.
        case when parent_start is not null then {{ surrogate_key(['doc_id', 'parent_start']) }} end as parent_id,
        "start" as start_offset,
        "end" as end_offset,
        body,
        indicators as indicator_ids
    from outline_items
)

select * from final
