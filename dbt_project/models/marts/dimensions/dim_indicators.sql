with indicators as (
    select * from {{ ref('indicators') }}
),

final as (
    select
        indicator_id,
        name_en,
        name_zh,
        domain,
        unit_measure,
        counted,
        measure_type,
        is_summable,
        desired_direction
    from indicators
)

select * from final
