with citations as (
    select * from {{ ref('stg_raw__citations') }}
),

policy_documents as (
    select * from {{ ref('int_policy_documents') }}
),

policies as (
    select * from {{ ref('policies') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

figures as (
    select * from {{ ref('stg_raw__figures') }}
),

outline_items as (
    select * from {{ ref('stg_raw__outline_items') }}
),

objectives as (
    select * from {{ ref('stg_raw__objectives') }}
),

successions as (
    select
        policy_documents.document_id,
        policies.predecessor_policy_id as policy_id,
        'succeeds' as relation
    from policy_documents
    inner join policies on policy_documents.policy_id = policies.policy_id
    where policies.predecessor_policy_id is not null
),

indicators_of_documents as (
    select
        document_id,
        {{ listed_indicators('indicator_ids') }}
    from outline_items
    union all
    select
        document_id,
        {{ listed_indicators('indicator_ids') }}
    from objectives
),

indicators_of_policies as (
    select distinct
        policy_documents.policy_id,
        indicators_of_documents.indicator_id
    from policy_documents
    inner join indicators_of_documents on policy_documents.document_id = indicators_of_documents.document_id
),

-- A document older than a policy does not report on it.
citing_documents as (
    select distinct
        citations.document_id,
        citations.policy_id
    from citations
    inner join documents on citations.document_id = documents.document_id
    inner join policies on citations.policy_id = policies.policy_id
    where
        citations.relation != 'is'
        and (documents.as_of is null or policies.valid_from is null or documents.as_of >= policies.valid_from)
),

reports as (
    select distinct
        citing_documents.document_id,
        citing_documents.policy_id,
        'reports_on' as relation
    from citing_documents
    inner join figures on citing_documents.document_id = figures.document_id
    inner join indicators_of_policies
        on
            citing_documents.policy_id = indicators_of_policies.policy_id
            and figures.indicator_id = indicators_of_policies.indicator_id
    where figures.scenario = 'actual'
),

final as (
    select * from successions
    union all
    select * from reports
)

select * from final
