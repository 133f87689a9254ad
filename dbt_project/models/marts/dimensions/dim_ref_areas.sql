with ref_areas as (
    select * from {{ ref('ref_areas') }}
),

final as (
    select
        ref_area,
        name_en,
        name_zh,
        parent_ref_area
    from ref_areas
)

select * from final
