with documents as (
    select * from {{ ref('int_documents_versioned') }}
),

-- Without `address`, which may be a path of the machine that landed the document.
final as (
    select
        document_id,
        title,
        title_raw,
        publisher,
        document_type,
        language,
        published_at,
        event_at,
        landed_at,
        source_url,
        licence,
        may_publish_text,
        file_name,
        media_type,
        version,
        is_current,
        document_line_id,
        known_from,
        known_to
    from documents
)

select * from final
