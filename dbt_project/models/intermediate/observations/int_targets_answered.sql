{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={
        'int_changed_series': {'series_id': 'series_id'},
        'int_changed_documents': {'document_id': 'document_id'},
    },
) }}

-- Reading it three times is faster than materializing a copy with all columns.
with observations as not materialized (
    select * from {{ ref('fct_observations') }}
),

changed_series as (
    select * from {{ ref('int_changed_series') }}
),

held_observations as (
    select * from {{ ref('int_held_observations') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

evidence as (
    select * from {{ ref('evidence') }}
),

-- Most actuals belong to series without a target.
series_with_targets as (
    select distinct observations.series_id
    from observations
    semi join changed_series on observations.series_id = changed_series.series_id
    where observations.scenario = 'target'
),

statements as (
    select observations.*
    from observations
    semi join series_with_targets on observations.series_id = series_with_targets.series_id
    anti join held_observations on observations.observation_id = held_observations.observation_id
),

-- A target outside all series has no answer and changes with its document alone.
targets as (
    select * from statements
    where scenario = 'target'
    union all by name
    select observations.*
    from observations
    semi join changed_documents on observations.document_id = changed_documents.document_id
    where observations.scenario = 'target' and observations.series_id is null
),

-- "To 90 percent" is a floor or a ceiling, depending on the desired direction of the indicator.
sides as (
    select
        targets.observation_id,
        targets.series_id,
        targets.known_from,
        targets.period_start,
        targets.period_end as deadline,
        targets.bound,
        targets.obs_value,
        targets.obs_value_max,
        indicators.measure_type,
        {{ measured_as('targets.kind', 'indicators.measure_type') }} as measured_as,
        case
            when targets.bound in ('at_least', 'more_than') then targets.lowest_possible
            when targets.bound in ('exact', 'about', 'nearly') and indicators.desired_direction = 'up'
                then targets.obs_value
        end as floor,
        case
            when targets.bound in ('at_most', 'less_than') then targets.highest_possible
            when targets.bound in ('exact', 'about', 'nearly') and indicators.desired_direction = 'down'
                then coalesce(targets.obs_value_max, targets.obs_value)
        end as ceiling
    from targets
    inner join indicators on targets.indicator_id = indicators.indicator_id
    where targets.series_id is not null and targets.ref_area is not null
),

actuals as (
    select
        statements.observation_id,
        statements.series_id,
        statements.known_from,
        statements.period_start,
        statements.period_end,
        statements.year,
        statements.lowest_possible,
        statements.highest_possible,
        {{ measured_as('statements.kind', 'indicators.measure_type') }} as measured_as,
        case when statements.bound = 'exact' then statements.obs_value end as stated_lowest,
        case
            when statements.bound = 'exact' then coalesce(statements.obs_value_max, statements.obs_value)
        end as stated_highest,
        row_number() over (
            partition by statements.series_id, statements.period_end
            order by statements.preference, statements.observation_id
        ) as place
    from statements
    inner join indicators on statements.indicator_id = indicators.indicator_id
    where statements.scenario = 'actual' and statements.is_current and statements.period_end is not null
),

-- An actual that is written like the target reaches it, though both are rounded. "About 90" has no stated lower
-- end, so a target without a sharp bound is never missed.
compared_actuals as (
    select
        sides.observation_id as target_id,
        sides.deadline,
        actuals.observation_id,
        actuals.period_end,
        actuals.place,
        sides.measure_type = 'stock'
        or (sides.floor is not null and 'cumulative' in (sides.measure_type, sides.measured_as)) as stays_reached,
        coalesce(
            greatest(actuals.stated_lowest, actuals.lowest_possible) >= sides.floor
            or least(actuals.stated_highest, actuals.highest_possible) <= sides.ceiling
            or (
                sides.floor is null
                and sides.ceiling is null
                and sides.bound = 'exact'
                and sides.obs_value = actuals.stated_lowest
                and coalesce(sides.obs_value_max, sides.obs_value) = actuals.stated_highest
            ),
            false
        ) as is_reached,
        coalesce(
            sides.bound not in ('about', 'nearly')
            and (actuals.highest_possible < sides.floor or actuals.lowest_possible > sides.ceiling),
            false
        ) as is_out_of_reach
    from sides
    inner join actuals
        on
            sides.series_id = actuals.series_id
            and sides.measured_as = actuals.measured_as
            and sides.known_from <= actuals.known_from
            and case
                -- "By 2020" means a flow's value for 2020, unless the target states a start.
                when sides.measure_type = 'flow' and sides.measured_as = 'level'
                    then
                        sides.deadline = actuals.period_end
                        and coalesce(sides.period_start, make_date(year(sides.deadline), 1, 1)) = actuals.period_start
                -- A mean over years does not answer for the deadline; a total since some start does.
                else actuals.year is not null or 'cumulative' in (sides.measure_type, sides.measured_as)
            end
),

-- The deadline's own year comes first, then a target that was reached before for good, then the first later state.
ranked_answers as (
    select
        *,
        case
            when period_end >= deadline and year(period_end) = year(deadline) then 0
            when coalesce(period_end >= deadline, false) then 2
            when is_reached and (stays_reached or year(period_end) = year(deadline)) then 1
        end as answer_rank
    from compared_actuals
    where answer_rank is not null
),

answers as (
    select * from ranked_answers
    qualify row_number() over (
        partition by target_id
        order by answer_rank, period_end, not (is_reached or is_out_of_reach), place, observation_id
    ) = 1
),

shown_statements as (
    select observation_id from targets
    union
    select observation_id from answers
),

-- Without this step DuckDB, which cannot know how few rows match, builds a hash table of all sentences.
sentences as (
    select
        evidence.observation_id,
        evidence.sentence
    from evidence
    semi join shown_statements on evidence.observation_id = shown_statements.observation_id
),

final as (
    select
        targets.observation_id as target_id,
        targets.series_id,
        targets.indicator_id,
        targets.measure,
        targets.agency_id,
        targets.lineage_id,
        targets.ref_area,
        targets.breakdown,
        targets.period_start,
        targets.period_end as deadline,
        targets.bound,
        targets.obs_value,
        targets.obs_value_max,
        targets.unit_measure,
        targets.kind,
        target_sentences.sentence,
        targets.document_id,
        targets.known_from,
        targets.is_current,
        answers.is_reached,
        answers.is_out_of_reach,
        answers.answer_rank = 1 and not answers.stays_reached as may_fall_back,
        answering.observation_id as answer_observation_id,
        answering.obs_value as answer_value,
        answering.obs_value_max as answer_value_max,
        answering.bound as answer_bound,
        answering.time_period as answer_time_period,
        cast(year(answering.period_end) - year(targets.period_end) as integer) as years_after_deadline,
        answering.as_of as answer_as_of,
        answering.agency_id as answer_agency_id,
        answer_sentences.sentence as answer_sentence,
        answering.document_id as answer_document_id
    from targets
    inner join sentences as target_sentences on targets.observation_id = target_sentences.observation_id
    left join answers on targets.observation_id = answers.target_id
    left join statements as answering on answers.observation_id = answering.observation_id
    left join sentences as answer_sentences on answers.observation_id = answer_sentences.observation_id
)

select * from final
