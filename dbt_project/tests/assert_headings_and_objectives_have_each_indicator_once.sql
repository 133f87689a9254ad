-- The grain of the two bridges: each pair occurs once.
with outline_items as (
    select
        outline_item_id as owner_id,
        indicator_id
    from {{ ref('bridge_outline_items_indicators') }}
),

objectives as (
    select
        objective_id as owner_id,
        indicator_id
    from {{ ref('bridge_objectives_indicators') }}
),

final as (
    select * from outline_items
    union all
    select * from objectives
)

select
    owner_id,
    indicator_id
from final
group by owner_id, indicator_id
having count(*) > 1
