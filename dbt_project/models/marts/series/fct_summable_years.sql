with indicator_years as (
    select * from {{ ref('fct_indicator_years') }}
    where is_summable and scenario = 'actual' and breakdown is null and ref_area is not null
),

observations as (
    select * from {{ ref('fct_observations') }}
),

ref_areas as (
    select * from {{ ref('ref_areas') }}
),

-- No area lies more than two steps below the world.
wider_areas as (
    select
        ref_area,
        parent_ref_area as wider_area
    from ref_areas
    where parent_ref_area is not null
    union
    select
        ref_areas.ref_area,
        parents.parent_ref_area
    from ref_areas
    inner join ref_areas as parents on ref_areas.parent_ref_area = parents.ref_area
    where parents.parent_ref_area is not null
),

-- Several agencies may state one flow of one area, and each of them states the whole.
values_by_area as (
    select
        indicator_years.*,
        greatest(0, observations.lowest_possible) as lowest_value,
        observations.highest_possible as highest_value
    from indicator_years
    inner join observations on indicator_years.preferred_observation_id = observations.observation_id
    qualify row_number() over (
        partition by indicator_years.indicator_id, indicator_years.ref_area, indicator_years.year
        order by observations.preference, observations.observation_id
    ) = 1
),

contained as (
    select distinct values_by_area.indicator_year_id
    from values_by_area
    inner join wider_areas on values_by_area.ref_area = wider_areas.ref_area
    inner join values_by_area as wider
        on
            wider_areas.wider_area = wider.ref_area
            and values_by_area.indicator_id = wider.indicator_id
            and values_by_area.year = wider.year
),

-- The reference data does not list the members of the European Union, so its overlap with countries is unknown.
final as (
    select
        values_by_area.indicator_year_id,
        values_by_area.indicator_id,
        values_by_area.ref_area,
        values_by_area.year,
        make_date(values_by_area.year, 1, 1) as starts_on,
        values_by_area.obs_value,
        values_by_area.bound,
        values_by_area.lowest_value,
        values_by_area.highest_value,
        values_by_area.unit_measure,
        contained.indicator_year_id is null and values_by_area.ref_area != 'EU' as is_widest_area,
        values_by_area.preferred_observation_id
    from values_by_area
    left join contained on values_by_area.indicator_year_id = contained.indicator_year_id
)

select * from final
