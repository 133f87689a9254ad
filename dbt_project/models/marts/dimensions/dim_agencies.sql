with agencies as (
    select * from {{ ref('agencies') }}
),

final as (
    select
        agency_id,
        name_en,
        name_zh,
        abbreviation,
        ref_area,
        lineage_id,
        predecessor_id,
        valid_from,
        valid_to
    from agencies
)

select * from final
