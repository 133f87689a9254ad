with notes as (
    select * from {{ ref('stg_raw__notes') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

final as (
    select
        notes.note_id,
        notes.document_id,
        notes.rule,
        notes.quote,
        notes.start_offset,
        notes.end_offset,
        notes.stated,
        notes.found,
        notes.explanation,
        documents.is_current
    from notes
    inner join documents on notes.document_id = documents.document_id
)

select * from final
