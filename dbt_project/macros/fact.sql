{#- `kind`, with kinds that say the same of their indicator made one: see the doc block `fact_kind`. -#}
{% macro fact_kind(kind, measure_type) -%}
    case
        when {{ kind }} = 'share' then 'level'
        when {{ kind }} = 'cumulative' and {{ measure_type }} = 'cumulative' then 'level'
        else {{ kind }}
    end
{%- endmacro %}

{#- Whether the text does not say since when a flow is counted, as in "by the end of 2023". -#}
{% macro has_open_start(measure_type, period_start) -%}
    ({{ measure_type }} = 'flow' and {{ period_start }} is null)
{%- endmacro %}
