{#-
    Table macros that show what was known on a day. They are published with the marts:

        from observations_as_of('2024-03-01')      figures that documents stated on that day
        from indicator_years_as_of('2024-03-01')   the yearly series as it stood on that day

    Neither uses the other: DuckDB binds a macro when it is created, and lists macros in no order of dependence.
-#}
{% macro create_observations_as_of() -%}
    create or replace macro {{ target.schema }}.observations_as_of(day) as table
    select *
    from {{ this.schema }}.fct_observations
    where {{ is_known_on('day') }}
{%- endmacro %}

{% macro create_indicator_years_as_of() -%}
    create or replace macro {{ target.schema }}.indicator_years_as_of(day) as table
    select
        indicator_year_id,
        indicator_id,
        ref_area,
        lineage_id,
        year,
        scenario,
        breakdown,
        obs_value,
        obs_value_max,
        bound,
        unit_measure,
        agency_id,
        as_of,
        known_from,
        observation_id as preferred_observation_id
    from {{ this.schema }}.fct_observations
    where
        indicator_year_id is not null
        and {{ is_known_on('day') }}
        and observation_id not in (
            select held.observation_id from {{ this.schema }}.quarantine as held where held.observation_id is not null
        )
    qualify row_number() over (partition by indicator_year_id order by preference, observation_id) = 1
{%- endmacro %}

{% macro is_known_on(day) -%}
    known_from <= cast({{ day }} as date) and (known_to is null or known_to > cast({{ day }} as date))
{%- endmacro %}
