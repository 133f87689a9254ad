with notes as (
    select * from {{ source('raw', 'notes') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', 'rule', '"start"', '"end"']) }} as note_id,
        doc_id as document_id,
        rule,
        quote,
        "start" as start_offset,
        "end" as end_offset,
        stated,
        found,
        explanation
    from notes
)

select * from final
