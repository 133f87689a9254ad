with units as (
    select * from {{ ref('units') }}
),

final as (
    select
        unit_measure,
        name_en,
        name_zh,
        quantity
    from units
)

select * from final
