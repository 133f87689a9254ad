{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={
        'int_changed_facts': {'fact_id': 'fact_id', 'other_fact_id': 'fact_id'},
        'int_changed_claims': {'observation_id': 'observation_id', 'other_observation_id': 'observation_id'},
    },
) }}

-- depends_on: {{ ref('int_changed_facts') }}

with changed_claims as (
    select * from {{ ref('int_changed_claims') }}
),

claims_of_changed_series as (
    select * from {{ ref('int_claims') }}
    where series_id in (select changed_claims.series_id from changed_claims)
),

-- An undated number that agrees with a dated one is taken to say the same. An inner join finds these, because an
-- anti join with such a condition compares all rows with all.
matched_claims as (
    select distinct undated.observation_id
    from claims_of_changed_series as undated
    inner join claims_of_changed_series as dated
        on
            {{ are_of_one_series('undated', 'dated') }}
            and {{ may_be_of_one_year('undated', 'dated') }}
            and not {{ cannot_both_be_true('undated', 'dated') }}
    where undated.time_period is null and dated.time_period is not null and dated.bound = 'exact'
),

compared_claims as (
    select
        claims.*,
        changed_claims.observation_id is not null as is_changed
    from claims_of_changed_series as claims
    left join changed_claims on claims.observation_id = changed_claims.observation_id
    anti join matched_claims on claims.observation_id = matched_claims.observation_id
),

changed as (
    select * from compared_claims
    where is_changed
),

-- Three joins, because one with "or" would compare all claims of a series with each other.
found_pairs as (
    {%- for periods in [
        'changed.time_period = others.time_period',
        'changed.time_period is null and ' ~ may_be_of_one_year('changed', 'others'),
        'changed.time_period is not null and others.time_period is null and ' ~ may_be_of_one_year('changed', 'others'),
    ] %}
    select
        changed.observation_id as changed_id,
        others.observation_id as other_id,
        others.is_changed as is_found_twice,
        {{ goes_before('changed', 'others') }} as changed_goes_before
    from changed
    inner join compared_claims as others
        on
            {{ are_of_one_series('changed', 'others') }}
            and {{ periods }}
            and {{ cannot_both_be_true('changed', 'others') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

pairs as (
    select
        case when changed_goes_before then changed_id else other_id end as observation_id,
        case when changed_goes_before then other_id else changed_id end as other_observation_id
    from found_pairs
    where changed_goes_before or not is_found_twice
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
        -- Names are compared last, because that is the slowest test.
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
        {%- for claim, side in [('claims', ''), ('others', 'other_')] %}
        {{ claim }}.fact_id as {{ side }}fact_id,
        {{ claim }}.observation_id as {{ side }}observation_id,
        {{ claim }}.obs_value as {{ side }}obs_value,
        {{ claim }}.obs_value_max as {{ side }}obs_value_max,
        {{ claim }}.bound as {{ side }}bound,
        {{ claim }}.time_period as {{ side }}time_period,
        {{ claim }}.lineage_id as {{ side }}lineage_id,
        {{ claim }}.known_from as {{ side }}known_from,
        {{ claim }}.document_id as {{ side }}document_id,
        {{ claim }}.quote as {{ side }}quote,
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
)

select * from final
