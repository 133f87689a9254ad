with indicator_years as (
    select * from {{ ref('fct_indicator_years') }}
    where scenario = 'actual'
),

observations as (
    select * from {{ ref('fct_observations') }}
),

targets as (
    select * from {{ ref('fct_targets') }}
    where is_current
),

documents as (
    select * from {{ ref('dim_documents') }}
),

evidence as (
    select * from {{ ref('evidence') }}
),

today as (
    select max(known_from) as today from documents
),

-- Several agencies may state one year of a series.
stated_years as (
    select
        series_id,
        year,
        any_value(indicator_id) as indicator_id,
        any_value(ref_area) as ref_area,
        any_value(breakdown) as breakdown,
        min(preferred_observation_id) as observation_id,
        year - lag(year) over (partition by series_id order by year) as gap
    from indicator_years
    group by series_id, year
),

series as (
    select
        series_id,
        any_value(indicator_id) as indicator_id,
        any_value(ref_area) as ref_area,
        any_value(breakdown) as breakdown,
        max(year) as last_year,
        max_by(observation_id, year) as last_observation_id,
        max(gap) as usual_gap
    from stated_years
    group by series_id
    having count(*) >= 2
),

-- The figure of a year is published in the next, so the current year is not missing yet.
silent_series as (
    select
        'indicator' as subject,
        series.*,
        year(today.today) - 1 - series.last_year as years_silent
    from series
    cross join today
    where year(today.today) - 1 - series.last_year >= series.usual_gap
),

-- Documents that repeat a target count once.
unanswered_targets as (
    select
        *,
        coalesce(series_id, target_id) as promise
    from targets
    where target_status in ('open', 'no_actual')
    qualify row_number() over (
        partition by promise, deadline, bound, obs_value order by known_from desc, target_id asc
    ) = 1
),

last_mentions as (
    select
        series_id,
        max(known_from) as last_known_from,
        max_by(observation_id, (known_from, observation_id)) as observation_id
    from observations
    where is_current and series_id in (select unanswered_targets.series_id from unanswered_targets)
    group by series_id
),

silent_targets as (
    select
        'target' as subject,
        unanswered_targets.target_id,
        unanswered_targets.series_id,
        unanswered_targets.indicator_id,
        unanswered_targets.ref_area,
        unanswered_targets.breakdown,
        coalesce(last_mentions.observation_id, unanswered_targets.target_id) as last_observation_id,
        coalesce(last_mentions.last_known_from, unanswered_targets.known_from) as last_known_from
    from unanswered_targets
    left join last_mentions on unanswered_targets.series_id = last_mentions.series_id
),

subjects as (
    select
        subject,
        null as target_id,
        series_id,
        indicator_id,
        ref_area,
        breakdown,
        last_year,
        years_silent,
        last_observation_id
    from silent_series
    union all
    select
        silent_targets.subject,
        silent_targets.target_id,
        silent_targets.series_id,
        silent_targets.indicator_id,
        silent_targets.ref_area,
        silent_targets.breakdown,
        year(silent_targets.last_known_from) as last_year,
        date_sub('year', silent_targets.last_known_from, today.today) as years_silent,
        silent_targets.last_observation_id
    from silent_targets
    cross join today
    where date_sub('year', silent_targets.last_known_from, today.today) >= 1
),

final as (
    select
        coalesce(subjects.target_id, subjects.series_id) as silence_id,
        subjects.subject,
        subjects.series_id,
        subjects.target_id,
        subjects.indicator_id,
        subjects.ref_area,
        subjects.breakdown,
        cast(subjects.last_year as integer) as last_year,
        cast(subjects.years_silent as integer) as years_silent,
        subjects.last_observation_id,
        evidence.sentence as last_sentence
    from subjects
    inner join evidence on subjects.last_observation_id = evidence.observation_id
)

select * from final
