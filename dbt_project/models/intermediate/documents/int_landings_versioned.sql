with landings as (
    select * from {{ ref('stg_raw__landings') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

-- An unreadable version replaces no readable one.
readable_landings as (
    select
        landings.document_id,
        landings.address,
        landings.landed_at,
        coalesce(documents.event_at, documents.published_at) as as_of
    from landings
    inner join documents on landings.document_id = documents.document_id
),

versions as (
    select
        *,
        cast(row_number() over versions_of_address as integer) as version,
        lead(document_id) over versions_of_address is null as is_newest,
        first_value(document_id) over versions_of_address as document_line_id,
        -- A page that changed silently keeps its date; the change was known on the day it landed.
        case
            when coalesce(as_of > lag(as_of) over versions_of_address, row_number() over versions_of_address = 1)
                then coalesce(as_of, cast(landed_at as date))
            else cast(landed_at as date)
        end as said_on
    from readable_landings
    -- The hash orders two versions that landed at the same instant, so that all builds agree.
    window versions_of_address as (partition by address order by landed_at, document_id)
),

-- A version was not known before the one that it replaces.
known_versions as (
    select
        *,
        max(said_on) over (partition by address order by version) as known_from
    from versions
),

final as (
    select
        document_id,
        address,
        landed_at,
        version,
        is_newest,
        document_line_id,
        known_from,
        lead(known_from) over (partition by address order by version) as known_to
    from known_versions
)

select * from final
