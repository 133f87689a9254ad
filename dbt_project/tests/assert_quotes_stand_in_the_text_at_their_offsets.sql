-- text[start:end] == quote for every figure, and the sentence shown as evidence contains the quote.
with evidence as (
    select * from {{ ref('evidence') }}
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
        evidence.observation_id,
        evidence.quote,
        evidence.sentence,
        {{ text_between('documents.text', 'evidence.start_offset', 'evidence.end_offset') }} as text_at_offsets
    from evidence
    semi join changed_documents on evidence.document_id = changed_documents.document_id
    left join documents on evidence.document_id = documents.document_id
)

select * from final
where text_at_offsets is distinct from quote or not contains(sentence, quote)
