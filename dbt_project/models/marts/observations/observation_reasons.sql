{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_documents': {'document_id': 'document_id'}},
) }}

{%- set reason_of_field = {
    'indicator_id': 'indicator',
    'agency_id': 'agency',
    'lineage_id': 'agency',
    'ref_area': 'ref_area',
    'time_period': 'period_end',
    'period_start': 'period_start',
    'period_end': 'period_end',
    'period_basis': 'period_basis',
    'obs_value_max': 'value_max',
    'counted': 'counted',
    'measure': 'measure',
    'breakdown': 'breakdown',
    'speaker': 'speaker',
} -%}

with changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

observations as (
    select observations.*
    from {{ ref('fct_observations') }} as observations
    semi join changed_documents on observations.document_id = changed_documents.document_id
),

null_reasons as (
    select * from {{ ref('null_reasons') }}
),

-- Where no period is stated, the extractor takes the date of the document and gives no reason.
reasons_by_field as (
    select
        observation_id,
        document_id,
        {%- for field, name in reason_of_field.items() %}
        case when {{ field }} is null then coalesce(null_reasons ->> '$.{{ name }}', 'not_stated') end as {{ field }},
        {%- endfor %}
        {%- for field in ('year', 'freq') %}
        case
            when {{ field }} is not null then null
            when time_period is not null then 'not_applicable'
            else coalesce(null_reasons ->> '$.period_end', 'not_stated')
        end as {{ field }},
        {%- endfor %}
        case when as_of is null then 'undated_document' end as as_of
    from observations
),

-- A field that is not null has a null reason here, which unpivot leaves out.
fields as (
    unpivot reasons_by_field
    on columns(* exclude (observation_id, document_id)) -- noqa: LT01
    into name field value reason
),

final as (
    select
        fields.observation_id,
        fields.document_id,
        fields.field,
        fields.reason,
        null_reasons.explanation
    from fields
    inner join null_reasons on fields.reason = null_reasons.reason
)

select * from final
