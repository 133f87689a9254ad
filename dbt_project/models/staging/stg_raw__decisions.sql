with decisions as (
    select * from {{ source('raw', 'decisions') }}
),

final as (
    select
        quarantine_id,
        doc_id as document_id,
        sentence_sha256,
        verdict,
        decided_by,
        reason,
        decided_at
    from decisions
)

select * from final
