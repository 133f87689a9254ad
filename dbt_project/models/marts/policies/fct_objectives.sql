with objectives as (
    select * from {{ ref('stg_raw__objectives') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

final as (
    select
        objectives.objective_id,
        objectives.document_id,
        objectives.outline_item_id,
        objectives.quote,
        objectives.start_offset,
        objectives.end_offset,
        objectives.deadline,
        objectives.deadline_quote,
        objectives.agency_id,
        objectives.owner_quote,
        objectives.is_quantified,
        objectives.indicator_ids,
        objectives.null_reasons,
        documents.is_current
    from objectives
    inner join documents on objectives.document_id = documents.document_id
)

select * from final
