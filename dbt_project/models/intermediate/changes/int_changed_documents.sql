{{ config(materialized='table') }}

-- A table, for views are left as they are when only documents changed.
with document_states as (
    select * from {{ ref('int_document_states') }}
),

final as (
    select document_id
    from document_states
    where changed_by_build = '{{ invocation_id }}'
)

select * from final
