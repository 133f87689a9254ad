-- A sum holds no flow of five years or of some months, no stock, rate, target, part or replaced statement, and counts
-- no place twice. This test reads that from the observations, not from how the mart is made.
with summable_years as (
    select * from {{ ref('fct_summable_years') }}
),

observations as (
    select * from {{ ref('fct_observations') }}
),

indicators as (
    select * from {{ ref('dim_indicators') }}
),

ref_areas as (
    select * from {{ ref('dim_ref_areas') }}
),

not_the_whole_of_one_year as (
    select summable_years.indicator_year_id
    from summable_years
    left join observations on summable_years.preferred_observation_id = observations.observation_id
    left join indicators on summable_years.indicator_id = indicators.indicator_id
    where
        coalesce(
            indicators.measure_type != 'flow'
            or not indicators.is_summable
            or observations.scenario != 'actual'
            or observations.kind not in ('level', 'share')
            or observations.breakdown is not null
            or observations.unit_measure != indicators.unit_measure
            or observations.period_start != make_date(summable_years.year, 1, 1)
            or observations.period_end != make_date(summable_years.year, 12, 31)
            or not observations.is_current,
            true
        )
),

areas_in_others as (
    select places.indicator_year_id
    from summable_years as places
    inner join ref_areas on places.ref_area = ref_areas.ref_area
    left join ref_areas as parents on ref_areas.parent_ref_area = parents.ref_area
    inner join summable_years as others
        on
            places.indicator_id = others.indicator_id
            and places.year = others.year
            and others.ref_area in (ref_areas.parent_ref_area, parents.parent_ref_area)
    where places.is_widest_area
)

select indicator_year_id from not_the_whole_of_one_year
union all
select indicator_year_id from areas_in_others
