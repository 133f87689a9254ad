{{ config(materialized='incremental', incremental_strategy='append') }}

with observations as (
    select * from {{ ref('fct_observations') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

{% if is_incremental() %}
known_links as (
    select * from {{ this }}
),
{% endif %}

links as (
    select distinct
        observations.document_id,
        observations.series_id
    from observations
    semi join changed_documents on observations.document_id = changed_documents.document_id
    where observations.series_id is not null
),

final as (
    select links.*
    from links
    {% if is_incremental() %}
    anti join known_links
        on links.document_id = known_links.document_id and links.series_id = known_links.series_id
    {% endif %}
)

select * from final
