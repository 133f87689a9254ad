{{ config(materialized='table') }}

with document_series as (
    select * from {{ ref('int_document_series') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

final as (
    select distinct document_series.series_id
    from document_series
    semi join changed_documents on document_series.document_id = changed_documents.document_id
)

select * from final
