{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_facts': {'fact_id': 'fact_id'}},
) }}

-- depends_on: {{ ref('int_changed_facts') }}

with statements as (
    select * from {{ ref('int_indicator_statements') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

fact_documents as (
    select distinct
        statements.fact_id,
        documents.document_id,
        documents.document_line_id,
        documents.version,
        documents.known_from,
        statements.as_of
    from statements
    inner join documents on statements.document_id = documents.document_id
),

-- A version restates the version that it replaces, even if other documents came in between.
restated_documents as (
    select
        fact_id,
        document_id,
        lag(document_id) over versions_of_document as replaced_document_id,
        coalesce(replaced_document_id, lag(document_id) over documents_of_fact) as restated_document_id
    from fact_documents
    window
        versions_of_document as (partition by fact_id, document_line_id order by version, document_id),
        documents_of_fact as (
            partition by fact_id
            order by known_from, version, as_of nulls first, document_id
        )
),

-- Of several statements of the earlier document, take the one that says the same, else the narrowest.
pairs as (
    select
        statements.*,
        restated.observation_id as restated_observation_id,
        restated.document_id as restated_document_id,
        restated.obs_value as restated_obs_value,
        restated.obs_value_max as restated_obs_value_max,
        restated.bound as restated_bound,
        restated.known_from as restated_known_from,
        restated.quote as restated_quote,
        restated.is_current as restated_is_current,
        case
            when {{ say_the_same('statements', 'restated') }} then 'repeat'
            when restated_documents.replaced_document_id is not null then 'corrected'
            when {{ lies_within('statements', 'restated') }} then 'more_precise'
            when {{ lies_within('restated', 'statements') }} then 'less_precise'
            when not {{ cannot_both_be_true('statements', 'restated') }} then 'compatible'
            when {{ are_named_differently('statements', 'restated') }} then 'redefined'
            else 'revised'
        end as restatement_kind
    from restated_documents
    inner join statements
        on
            restated_documents.fact_id = statements.fact_id
            and restated_documents.document_id = statements.document_id
    inner join statements as restated
        on
            restated_documents.fact_id = restated.fact_id
            and restated_documents.restated_document_id = restated.document_id
    qualify row_number() over (
        partition by statements.observation_id
        order by
            {{ say_the_same('statements', 'restated') }} desc,
            restated.highest_possible - restated.lowest_possible,
            restated.preference,
            restated.observation_id
    ) = 1
),

final as (
    select
        pairs.observation_id,
        pairs.restated_observation_id,
        pairs.restatement_kind,
        case
            when pairs.is_comparable and pairs.lineage_id is not null then 'certain' else 'possible'
        end as certainty,
        pairs.series_id,
        pairs.fact_id,
        pairs.indicator_id,
        pairs.ref_area,
        pairs.breakdown,
        pairs.lineage_id,
        pairs.time_period,
        pairs.scenario,
        pairs.kind,
        pairs.unit_measure,
        pairs.restated_obs_value,
        pairs.restated_obs_value_max,
        pairs.restated_bound,
        pairs.obs_value,
        pairs.obs_value_max,
        pairs.bound,
        round(pairs.obs_value - pairs.restated_obs_value, 10) as change,
        round(100 * (pairs.obs_value - pairs.restated_obs_value) / nullif(abs(pairs.restated_obs_value), 0), 4)
            as change_percent,
        pairs.restated_quote,
        pairs.quote,
        pairs.restated_document_id,
        pairs.document_id,
        pairs.restated_known_from,
        pairs.known_from,
        cast(pairs.known_from - pairs.restated_known_from as integer) as days_between,
        pairs.restated_is_current,
        pairs.is_current
    from pairs
)

select * from final
