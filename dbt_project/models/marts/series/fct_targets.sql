with targets as (
    select * from {{ ref('int_targets_answered') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

-- The newest document sets the day, not the clock: a build of the same documents gives the same result on any day.
today as (
    select max(known_from) as today from documents
),

-- A rate that reached its target within the deadline's year counts only once the deadline has passed.
decided_targets as (
    select
        targets.*,
        coalesce(targets.deadline < today.today, false) as has_passed,
        targets.answer_observation_id is not null
        and (has_passed or not targets.may_fall_back) as is_answered
    from targets
    cross join today
),

final as (
    select
        target_id,
        series_id,
        indicator_id,
        measure,
        agency_id,
        lineage_id,
        ref_area,
        breakdown,
        period_start,
        deadline,
        bound,
        obs_value,
        obs_value_max,
        unit_measure,
        kind,
        case
            when is_answered and is_reached then 'met'
            when is_answered and is_out_of_reach then 'missed'
            when is_answered then 'unclear'
            when has_passed then 'no_actual'
            else 'open'
        end as target_status,
        sentence,
        document_id,
        known_from,
        is_current,
        case when is_answered then answer_observation_id end as answer_observation_id,
        case when is_answered then answer_value end as answer_value,
        case when is_answered then answer_value_max end as answer_value_max,
        case when is_answered then answer_bound end as answer_bound,
        case when is_answered then answer_time_period end as answer_time_period,
        case when is_answered then years_after_deadline end as years_after_deadline,
        case when is_answered then answer_as_of end as answer_as_of,
        case when is_answered then answer_agency_id end as answer_agency_id,
        case when is_answered then answer_sentence end as answer_sentence,
        case when is_answered then answer_document_id end as answer_document_id
    from decided_targets
)

select * from final
