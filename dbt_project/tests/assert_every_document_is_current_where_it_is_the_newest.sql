-- Every document is in the mart, and is current if and only if it is the newest at one of its addresses.
with loaded as (
    select * from {{ ref('stg_raw__documents') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

newest as (
    select distinct document_id
    from {{ ref('int_landings_versioned') }}
    where is_newest
)

select loaded.document_id
from loaded
left join documents on loaded.document_id = documents.document_id
left join newest on loaded.document_id = newest.document_id
where documents.is_current is distinct from (newest.document_id is not null)
