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
        observations.fact_id,
        observations.series_id,
        observations.indicator_year_id,
        cast(year(observations.period_end) as integer) as last_year
    from observations
    semi join changed_documents on observations.document_id = changed_documents.document_id
    where observations.fact_id is not null
),

final as (
    select links.*
    from links
    {% if is_incremental() %}
    anti join known_links
        on
            links.document_id = known_links.document_id
            and links.fact_id = known_links.fact_id
            and links.indicator_year_id is not distinct from known_links.indicator_year_id
            and links.last_year is not distinct from known_links.last_year
    {% endif %}
)

select * from final
