{#- `kind`, but what says the same of its indicator is one: see the docs block of fact_kind. -#}
{% macro fact_kind(kind, measure_type) -%}
    case
        when {{ kind }} = 'share' then 'level'
        when {{ kind }} = 'cumulative' and {{ measure_type }} = 'cumulative' then 'level'
        else {{ kind }}
    end
{%- endmacro %}

{#- "By the end of 2023" does not say since when a flow is counted. -#}
{% macro has_open_start(measure_type, period_start) -%}
    ({{ measure_type }} = 'flow' and {{ period_start }} is null)
{%- endmacro %}
