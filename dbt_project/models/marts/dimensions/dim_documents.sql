{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_documents': {'document_id': 'document_id'}},
) }}

with documents as (
    select * from {{ ref('int_documents_versioned') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

-- Without `address`, which may be a path of the machine that landed the document.
final as (
    select
        documents.document_id,
        documents.title,
        documents.title_raw,
        documents.publisher,
        documents.document_type,
        documents.language,
        documents.published_at,
        documents.event_at,
        documents.as_of,
        documents.landed_at,
        documents.source_url,
        documents.licence,
        documents.may_publish_text,
        documents.file_name,
        documents.media_type,
        documents.version,
        documents.is_current,
        documents.document_line_id,
        documents.known_from,
        documents.known_to
    from documents
    semi join changed_documents on documents.document_id = changed_documents.document_id
)

select * from final
