with objectives as (
    select * from {{ source('raw', 'objectives') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', '"start"']) }} as objective_id,
        doc_id as document_id,
        case when outline_start is not null then {{ surrogate_key(['doc_id', 'outline_start']) }} end
            as outline_item_id,
        quote,
        "start" as start_offset,
        "end" as end_offset,
        deadline,
        deadline_quote,
        owner as agency_id,
        owner_quote,
        is_quantified,
        indicators as indicator_ids,
        reasons as null_reasons
    from objectives
)

select * from final
