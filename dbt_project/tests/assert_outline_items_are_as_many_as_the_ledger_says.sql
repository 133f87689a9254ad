-- No heading is lost between load and mart.
with ledger as (
    select * from {{ ref('stg_raw__ingestions') }}
),

loaded as (
    select
        document_id,
        count(*) as outline_items
    from {{ ref('dim_outline_items') }}
    group by document_id
)

select
    document_id,
    ledger.outline_items_loaded,
    loaded.outline_items
from ledger
full join loaded using (document_id)
where ledger.outline_items_loaded is distinct from coalesce(loaded.outline_items, 0)
