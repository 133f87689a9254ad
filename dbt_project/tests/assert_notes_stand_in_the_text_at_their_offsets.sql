-- Every note quotes the text of its document at its offsets, word for word.
with notes as (
    select * from {{ ref('stg_raw__notes') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

-- Texts are long, so only those of changed documents are read.
documents as (
    select documents.*
    from {{ ref('stg_raw__documents') }} as documents
    semi join changed_documents on documents.document_id = changed_documents.document_id
),

final as (
    select
        notes.note_id,
        notes.quote,
        {{ text_between('documents.text', 'notes.start_offset', 'notes.end_offset') }} as text_at_offsets
    from notes
    semi join changed_documents on notes.document_id = changed_documents.document_id
    left join documents on notes.document_id = documents.document_id
)

select * from final
where text_at_offsets is distinct from quote
