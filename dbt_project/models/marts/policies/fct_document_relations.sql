with citations as (
    select * from {{ ref('stg_raw__citations') }}
),

inferred_relations as (
    select * from {{ ref('int_document_relations_inferred') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

policy_documents as (
    select * from {{ ref('int_policy_documents') }}
),

policies as (
    select * from {{ ref('policies') }}
),

-- A policy that the table does not list has no code; its name as written identifies it.
named_citations as (
    select
        *,
        case when policy_id is null then quote end as unlisted_name
    from citations
),

stated_relations as (
    select
        document_id,
        policy_id,
        unlisted_name,
        relation,
        count(quote) as citation_count,
        min_by(quote, start_offset) as quote,
        min(start_offset) as start_offset,
        min_by(end_offset, start_offset) as end_offset
    from named_citations
    group by document_id, policy_id, unlisted_name, relation
),

first_citations as (
    select *
    from citations
    where policy_id is not null and quote is not null
    qualify row_number() over (partition by document_id, policy_id order by start_offset) = 1
),

-- An inferred relation quotes the first place that names the policy; a policy need not name the one before it.
unstated_relations as (
    select
        inferred_relations.document_id,
        inferred_relations.policy_id,
        inferred_relations.relation,
        first_citations.quote,
        first_citations.start_offset,
        first_citations.end_offset
    from inferred_relations
    anti join stated_relations
        on
            inferred_relations.document_id = stated_relations.document_id
            and inferred_relations.policy_id = stated_relations.policy_id
            and inferred_relations.relation = stated_relations.relation
    left join first_citations
        on
            inferred_relations.document_id = first_citations.document_id
            and inferred_relations.policy_id = first_citations.policy_id
),

relations as (
    select
        *,
        true as is_stated
    from stated_relations
    union all by name
    select
        *,
        0 as citation_count,
        false as is_stated
    from unstated_relations
),

final as (
    select
        {{ surrogate_key(['relations.document_id', 'relations.policy_id', 'unlisted_name', 'relation']) }}
            as document_relation_id,
        relations.document_id,
        relations.policy_id,
        coalesce(policies.name_en, relations.unlisted_name) as policy_name,
        relations.relation,
        relations.is_stated,
        policy_documents.document_id as related_document_id,
        cast(relations.citation_count as integer) as citation_count,
        relations.quote,
        relations.start_offset,
        relations.end_offset,
        documents.is_current
    from relations
    inner join documents on relations.document_id = documents.document_id
    left join policies on relations.policy_id = policies.policy_id
    left join policy_documents
        on
            relations.policy_id = policy_documents.policy_id
            and policy_documents.is_preferred
            and relations.document_id != policy_documents.document_id
)

select * from final
