{{ config(materialized='table') }}

with document_facts as (
    select * from {{ ref('int_document_facts') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

final as (
    select distinct document_facts.series_id
    from document_facts
    semi join changed_documents on document_facts.document_id = changed_documents.document_id
)

select * from final
