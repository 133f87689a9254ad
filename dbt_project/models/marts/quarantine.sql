with quarantined_records as (
    select * from {{ ref('stg_raw__quarantined_records') }}
),

final as (
    select
        quarantine_id,
        document_id,
        file_name,
        subject,
        record,
        rule,
        reason,
        evidence
    from quarantined_records
)

select * from final
