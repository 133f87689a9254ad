{{ config(materialized='table') }}

with citations as (
    select * from {{ ref('stg_raw__citations') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

outline_items as (
    select
        document_id,
        count(*) as item_count
    from {{ ref('stg_raw__outline_items') }}
    group by document_id
),

-- A full text has more headings than its summary.
final as (
    select
        citations.document_id,
        citations.policy_id,
        row_number() over (
            partition by citations.policy_id
            order by
                documents.is_current desc,
                coalesce(outline_items.item_count, 0) desc,
                documents.as_of asc,
                documents.document_id asc
        ) = 1 as is_preferred
    from citations
    inner join documents on citations.document_id = documents.document_id
    left join outline_items on citations.document_id = outline_items.document_id
    where citations.relation = 'is'
)

select * from final
