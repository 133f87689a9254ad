with statements as (
    select * from {{ ref('int_indicator_statements') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

-- In the unit of its indicator a share is the level, and so is the total of what is a total by nature.
-- "By the end of 2023" does not say since when a flow is counted.
described_statements as (
    select
        statements.*,
        case
            when statements.kind = 'share' then 'level'
            when statements.kind = 'cumulative' and indicators.measure_type = 'cumulative' then 'level'
            else statements.kind
        end as fact_kind,
        indicators.measure_type = 'flow' and statements.period_start is null as has_open_start
    from statements
    inner join indicators on statements.indicator_id = indicators.indicator_id
),

final as (
    select
        *,
        {{ surrogate_key(['series_id', 'lineage_id', 'time_period', 'has_open_start', 'scenario', 'fact_kind']) }}
            as fact_id,
        -- What a change is measured against is in no column.
        coalesce(
            time_period is not null and not has_open_start and fact_kind in ('level', 'cumulative'), false
        ) as is_comparable
    from described_statements
)

select * from final
