with observations as (
    select * from {{ ref('int_observations_joined') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

bounds as (
    select * from {{ ref('bounds') }}
),

source_ranks as (
    select * from {{ ref('source_ranks') }}
),

preference_criteria as (
    select list(criterion order by position) as criteria from {{ ref('preference_criteria') }}
),

-- A flow over some months belongs to a yearly series only if it starts with the year; a state may be of any day.
measured_observations as (
    select
        observations.*,
        bounds.preference_rank as bound_rank,
        source_ranks.source_rank,
        {{ fact_kind('observations.kind', 'indicators.measure_type') }} as fact_kind,
        {{ has_open_start('indicators.measure_type', 'observations.period_start') }} as has_open_start,
        indicators.indicator_id is not null as is_in_series,
        indicators.indicator_id is not null
        and observations.year is not null
        and (
            observations.kind in ('level', 'share')
            or (observations.kind = 'cumulative' and indicators.measure_type = 'cumulative')
        )
        and (
            indicators.measure_type != 'flow'
            or coalesce(observations.period_start = make_date(observations.year, 1, 1), false)
        ) as is_of_the_year
    from observations
    left join indicators
        on
            observations.indicator_id = indicators.indicator_id
            and observations.unit_measure = indicators.unit_measure
    left join bounds on observations.bound = bounds.bound
    left join source_ranks on observations.document_type = source_ranks.document_type
),

-- The values that a statement leaves possible, as a closed interval: "more than 5" begins right after 5.
-- "About" rules nothing out.
final as (
    select
        * exclude (bound_rank, source_rank, fact_kind, has_open_start, criteria),
        case when is_in_series then {{ surrogate_key(['indicator_id', 'ref_area', 'breakdown']) }} end as series_id,
        case
            when is_in_series
                then {{ surrogate_key([
                    'series_id', 'lineage_id', 'time_period', 'has_open_start', 'scenario', 'fact_kind',
                ]) }}
        end as fact_id,
        case
            when is_of_the_year
                then {{ surrogate_key([
                    'indicator_id', 'ref_area', 'lineage_id', 'year', 'scenario', 'breakdown',
                ]) }}
        end as indicator_year_id,
        case
            when bound = 'exact' then obs_value - implied_precision
            when bound = 'at_least' then obs_value
            when bound = 'more_than' then nextafter(obs_value, cast('infinity' as double))
            else cast('-infinity' as double)
        end as lowest_possible,
        case
            when bound = 'exact' then coalesce(obs_value_max, obs_value) + implied_precision
            when bound in ('at_most', 'nearly') then coalesce(obs_value_max, obs_value)
            when bound = 'less_than' then nextafter(obs_value, cast('-infinity' as double))
            else cast('infinity' as double)
        end as highest_possible,
        -- Smaller values come first, unknown ones last.
        list_transform(criteria, lambda criterion: coalesce(cast(
            case criterion
                when 'whole_year' then case when freq = 'A' then 0 else 1 end
                when 'latest_period' then -epoch(period_end)
                when 'source_rank' then source_rank
                when 'bound' then bound_rank
                when 'latest_document' then -epoch(as_of)
                when 'event_date' then case when event_at is null then 1 else 0 end
            end as double
        ), cast('infinity' as double))) as preference
    from measured_observations
    cross join preference_criteria
)

select * from final
