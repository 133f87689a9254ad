with observations as (
    select * from {{ ref('int_observations_joined') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

bounds as (
    select * from {{ ref('bounds') }}
),

-- A flow of some months is no part of a yearly series unless it began with the year; a state may be of any day.
statements as (
    select
        observations.*,
        {{ surrogate_key([
            'observations.indicator_id', 'observations.ref_area', 'observations.lineage_id', 'observations.year',
            'observations.scenario', 'observations.breakdown',
        ]) }} as indicator_year_id,
        bounds.preference_rank,
        coalesce(observations.freq = 'A', false) as is_whole_year
    from observations
    inner join indicators
        on
            observations.indicator_id = indicators.indicator_id
            and observations.unit_measure = indicators.unit_measure
    left join bounds on observations.bound = bounds.bound
    where
        observations.is_current
        and observations.year is not null
        and (
            observations.kind in ('level', 'share')
            or (observations.kind = 'cumulative' and indicators.measure_type = 'cumulative')
        )
        and (
            indicators.measure_type != 'flow'
            or coalesce(observations.period_start = make_date(observations.year, 1, 1), false)
        )
),

-- What a statement leaves possible, as a closed interval: "more than 5" begins at the next number after 5.
-- "About" rules nothing out.
final as (
    select
        *,
        case
            when bound in ('exact', 'at_least') then obs_value
            when bound = 'more_than' then nextafter(obs_value, cast('infinity' as double))
            else cast('-infinity' as double)
        end as lowest_possible,
        case
            when bound in ('exact', 'at_most', 'nearly') then coalesce(obs_value_max, obs_value)
            when bound = 'less_than' then nextafter(obs_value, cast('-infinity' as double))
            else cast('infinity' as double)
        end as highest_possible,
        row_number() over (
            partition by indicator_year_id
            order by
                is_whole_year desc, period_end desc, preference_rank asc nulls last, as_of desc nulls last,
                observation_id asc
        ) as preference
    from statements
)

select * from final
