with open_quarantine as (
    select * from {{ source('raw', 'open_quarantine') }}
),

final as (
    select
        quarantine_id,
        doc_id as document_id,
        address,
        file_name,
        subject,
        record,
        rule,
        reason,
        evidence,
        landed_at
    from open_quarantine
)

select * from final
