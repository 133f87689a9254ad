with documents as (
    select * from {{ ref('stg_raw__documents') }}
),

landings as (
    select * from {{ ref('int_landings_versioned') }}
),

licences as (
    select * from {{ ref('licences') }}
),

-- A document may lie at several addresses; one that is replaced at some of them stays current at the others.
-- Addresses do not break ties, because paths differ between machines.
most_current_landings as (
    select *
    from landings
    qualify row_number() over (partition by document_id order by is_newest desc, landed_at desc, version desc) = 1
),

final as (
    select
        documents.* exclude (licence, text, boilerplate, page_starts),
        coalesce(documents.licence, 'none_named') as licence,
        -- A licence that is not in the table does not permit publication.
        coalesce(licences.may_publish_text, false) as may_publish_text,
        landings.version,
        landings.is_newest as is_current,
        landings.document_line_id,
        coalesce(documents.event_at, documents.published_at) as as_of,
        landings.known_from,
        landings.known_to
    from documents
    inner join most_current_landings as landings on documents.document_id = landings.document_id
    left join licences on coalesce(documents.licence, 'none_named') = licences.licence
)

select * from final
