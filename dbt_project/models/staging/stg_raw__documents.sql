with documents as (
    select * from {{ source('raw', 'documents') }}
),

final as (
    select
        doc_id as document_id,
        address,
        file_name,
        source_url,
        licence,
        media_type,
        size_bytes,
        title,
        title_raw,
        publisher,
        document_type,
        language,
        published_at,
        event_at,
        landed_at,
        text,
        cast(boilerplate as json) as boilerplate,
        cast(cast(page_starts as json) as bigint[]) as page_starts
    from documents
)

select * from final
