{{ config(materialized='table') }}

-- A table: this SQL names the build, and an incremental build does not create views again.
with document_states as (
    select * from {{ ref('int_document_states') }}
),

final as (
    select document_id
    from document_states
    where changed_by_build = '{{ invocation_id }}'
)

select * from final
