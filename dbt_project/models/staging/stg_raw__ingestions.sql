with ingestions as (
    select * from {{ source('raw', 'ingestions') }}
),

final as (
    select
        doc_id as document_id,
        address,
        sidecar_sha256,
        extractor_version,
        outcome,
        figures_in,
        figures_loaded,
        figures_quarantined,
        outline_items_loaded,
        landed_at,
        loaded_at
    from ingestions
)

select * from final
