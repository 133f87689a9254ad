{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_facts': {'fact_id': 'fact_id'}},
) }}

-- depends_on: {{ ref('int_changed_facts') }}

with statements as (
    select * from {{ ref('int_indicator_statements') }}
    where is_current and bound != 'about'
),

-- Without a period, documents of different years make different claims, because they may mean different years.
claims as (
    select
        {%- for column in [
            'observation_id', 'document_id', 'series_id', 'fact_id', 'indicator_id', 'ref_area', 'breakdown',
            'lineage_id', 'time_period', 'period_end', 'scenario', 'fact_kind', 'unit_measure', 'obs_value',
            'obs_value_max', 'bound', 'lowest_possible', 'highest_possible', 'counted', 'measure', 'known_from',
            'preference', 'is_comparable', 'quote',
        ] %}
        {{ column }},
        {%- endfor %}
        case when time_period is null then year(as_of) end as said_in_year,
        count(*) over claim as statement_count,
        list(document_id) over claim as document_ids,
        min(known_from) over claim as first_known_from,
        max(known_from) over claim as last_known_from
    from statements
    window claim as (partition by fact_id, obs_value, obs_value_max, bound, said_in_year)
    qualify row_number() over (
        partition by fact_id, obs_value, obs_value_max, bound, said_in_year
        order by highest_possible - lowest_possible, known_from, as_of nulls first, document_id, observation_id
    ) = 1
),

-- Documents report on their own year and the one before; a target may be for any year.
final as (
    select
        * exclude (period_end, said_in_year),
        case
            when time_period is not null then year(period_end)
            when scenario = 'actual' and said_in_year is not null then said_in_year - 1
            else 0
        end as earliest_year,
        case
            when time_period is not null then year(period_end)
            when scenario = 'actual' and said_in_year is not null then said_in_year
            else 9999
        end as latest_year
    from claims
)

select * from final
