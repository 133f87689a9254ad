{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_series': {'series_id': 'series_id'}},
) }}

-- depends_on: {{ ref('int_changed_series') }}

with observations as (
    select * from {{ ref('int_observations_of_changed_series') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

limits as (
    select * from {{ ref('plausibility_limits') }}
),

-- A number that one document states twice does not confirm itself.
statements as (
    select
        observations.series_id,
        observations.document_id,
        observations.year,
        observations.obs_value,
        min(observations.observation_id) as observation_id,
        list(observations.observation_id) as observation_ids,
        any_value(limits.factor) as factor,
        any_value(limits.minimum_neighbours) as minimum_neighbours
    from observations
    inner join indicators on observations.indicator_id = indicators.indicator_id
    inner join limits on indicators.measure_type = limits.measure_type
    where
        observations.is_current
        and observations.indicator_year_id is not null
        and observations.scenario = 'actual'
        and observations.obs_value > 0
    group by observations.series_id, observations.document_id, observations.year, observations.obs_value
),

years as (
    select
        series_id,
        year,
        median(obs_value) as obs_value
    from statements
    group by series_id, year
),

-- A series may grow tenfold over its years, so a value is compared only with its nearest neighbours.
nearest_years as (
    select
        series_id,
        year,
        [
            { 'year': lag(year, 2) over years_of_series, 'value': lag(obs_value, 2) over years_of_series },
            { 'year': lag(year) over years_of_series, 'value': lag(obs_value) over years_of_series },
            { 'year': lead(year) over years_of_series, 'value': lead(obs_value) over years_of_series },
            { 'year': lead(year, 2) over years_of_series, 'value': lead(obs_value, 2) over years_of_series }
        ] as neighbours
    from years
    window years_of_series as (partition by series_id order by year)
),

statements_with_neighbours as (
    select
        statements.*,
        list_filter(
            list_concat(nearest_years.neighbours, [
                { 'year': statements.year, 'value': lag(statements.obs_value) over statements_of_year },
                { 'year': statements.year, 'value': lead(statements.obs_value) over statements_of_year }
            ]),
            lambda neighbour: neighbour['value'] is not null
        ) as neighbours
    from statements
    inner join nearest_years
        on statements.series_id = nearest_years.series_id and statements.year = nearest_years.year
    window statements_of_year as (
        partition by statements.series_id, statements.year order by statements.obs_value, statements.observation_id
    )
),

implausible_statements as (
    select *
    from statements_with_neighbours
    where
        len(neighbours) >= minimum_neighbours
        and len(list_filter(
            neighbours,
            lambda neighbour: greatest(neighbour['value'], obs_value) < factor * least(neighbour['value'], obs_value)
        )) = 0
),

final as (
    select
        unnest(observation_ids) as observation_id,
        document_id,
        series_id,
        year,
        obs_value,
        factor,
        neighbours
    from implausible_statements
)

select * from final
