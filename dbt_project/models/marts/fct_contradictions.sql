{{ config(
    materialized='incremental',
    incremental_strategy='append',
    pre_hook="{{ delete_changed(ref('int_changed_series'), 'series_id') }}",
) }}

with statements as (
    select * from {{ ref('int_statements_keyed') }}
    where is_current and bound != 'about'
),

evidence as (
    select * from {{ ref('evidence') }}
),

-- A number said ten times is one claim, as narrow as its narrowest statement. Without a period it is another
-- claim in documents of another year, for it may speak of another year.
claims as (
    select
        {%- for column in [
            'observation_id', 'document_id', 'series_id', 'fact_id', 'indicator_id', 'ref_area', 'breakdown',
            'lineage_id', 'time_period', 'period_end', 'scenario', 'fact_kind', 'unit_measure', 'obs_value',
            'obs_value_max', 'bound', 'lowest_possible', 'highest_possible', 'counted', 'measure', 'known_from',
            'preference', 'is_comparable',
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
dated_claims as (
    select
        *,
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
),

-- An undated number that agrees with a dated one is taken to say the same. Found by an inner join, for an anti join
-- with such a condition compares all with all.
matched_claims as (
    select distinct undated.observation_id
    from dated_claims as undated
    inner join dated_claims as dated
        on
            {{ are_of_one_series('undated', 'dated') }}
            and {{ may_be_of_one_year('undated', 'dated') }}
            and not {{ cannot_both_be_true('undated', 'dated') }}
    where undated.time_period is null and dated.time_period is not null and dated.bound = 'exact'
),

compared_claims as (
    select dated_claims.*
    from dated_claims
    anti join matched_claims on dated_claims.observation_id = matched_claims.observation_id
),

-- Three joins, because one with "or" would compare all claims of a series with each other.
pairs as (
    {%- for periods in [
        'claims.time_period = others.time_period',
        'claims.time_period is null and ' ~ may_be_of_one_year('claims', 'others'),
        'claims.time_period is not null and others.time_period is null and ' ~ may_be_of_one_year('claims', 'others'),
    ] %}
    select
        claims.observation_id,
        others.observation_id as other_observation_id
    from compared_claims as claims
    inner join compared_claims as others
        on
            {{ are_of_one_series('claims', 'others') }}
            and {{ periods }}
            and {{ goes_before('claims', 'others') }}
            and {{ cannot_both_be_true('claims', 'others') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        {{ surrogate_key(['claims.observation_id', 'others.observation_id']) }} as contradiction_id,
        case
            when claims.is_comparable and others.is_comparable and claims.time_period = others.time_period
                then 'certain'
            else 'possible'
        end as certainty,
        case
            when list_has_any(claims.document_ids, others.document_ids) then 'within_document'
            when claims.lineage_id is null or others.lineage_id is null then 'unclear'
            when claims.lineage_id = others.lineage_id then 'within_agency'
            else 'between_agencies'
        end as relation,
        -- Names are compared last, for that takes longest.
        case
            when certainty = 'possible' or relation != 'within_agency' then false
            when not {{ follow_each_other('claims', 'others') }} then false
            else not {{ are_named_differently('claims', 'others') }}
        end as is_revision,
        claims.series_id,
        claims.indicator_id,
        claims.ref_area,
        claims.breakdown,
        claims.scenario,
        claims.fact_kind as kind,
        claims.unit_measure,
        {%- for claim, its_evidence, side in [
            ('claims', 'evidence', ''), ('others', 'other_evidence', 'other_')
        ] %}
        {{ claim }}.observation_id as {{ side }}observation_id,
        {{ claim }}.obs_value as {{ side }}obs_value,
        {{ claim }}.obs_value_max as {{ side }}obs_value_max,
        {{ claim }}.bound as {{ side }}bound,
        {{ claim }}.time_period as {{ side }}time_period,
        {{ claim }}.lineage_id as {{ side }}lineage_id,
        {{ claim }}.known_from as {{ side }}known_from,
        {{ claim }}.document_id as {{ side }}document_id,
        {{ its_evidence }}.quote as {{ side }}quote,
        cast({{ claim }}.statement_count as integer) as {{ side }}statement_count,
        {%- endfor %}
        -- From the upper end of the lower number to the lower end of the higher one.
        round(
            greatest(claims.obs_value, others.obs_value)
            - least(coalesce(claims.obs_value_max, claims.obs_value), coalesce(others.obs_value_max, others.obs_value)),
            10
        ) as gap,
        round(100 * gap / nullif(abs(claims.obs_value), 0), 4) as gap_percent
    from pairs
    inner join compared_claims as claims on pairs.observation_id = claims.observation_id
    inner join compared_claims as others on pairs.other_observation_id = others.observation_id
    inner join evidence on pairs.observation_id = evidence.observation_id
    inner join evidence as other_evidence on pairs.other_observation_id = other_evidence.observation_id
)

select * from final
