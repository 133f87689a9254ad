{{ config(materialized='table') }}

with document_facts as (
    select * from {{ ref('int_document_facts') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

held_states as (
    select * from {{ ref('int_held_states') }}
),

touched_facts as (
    select document_facts.fact_id
    from document_facts
    semi join changed_documents on document_facts.document_id = changed_documents.document_id
    union
    select fact_id
    from held_states
    where changed_by_build = '{{ invocation_id }}'
),

touched_years as (
    select distinct document_facts.indicator_year_id
    from document_facts
    semi join touched_facts on document_facts.fact_id = touched_facts.fact_id
    where document_facts.indicator_year_id is not null
),

-- A yearly row is made of several facts (the year so far, the whole year), so one of them changes it for all.
changed_facts as (
    select fact_id from touched_facts
    union
    select document_facts.fact_id
    from document_facts
    semi join touched_years on document_facts.indicator_year_id = touched_years.indicator_year_id
),

final as (
    select distinct
        document_facts.fact_id,
        document_facts.series_id,
        document_facts.indicator_year_id,
        document_facts.last_year
    from document_facts
    semi join changed_facts on document_facts.fact_id = changed_facts.fact_id
)

select * from final
