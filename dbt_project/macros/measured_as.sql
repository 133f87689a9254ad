{#-
    What a number says of its indicator: its `level` (a share is one too) or its total since a start (`cumulative`,
    unless the indicator itself is one). Null for changes, growth rates and ranks, whose size tells no level.
-#}
{% macro measured_as(kind, measure_type) -%}
    case
        when {{ kind }} in ('level', 'share') then 'level'
        when {{ kind }} = 'cumulative' then case when {{ measure_type }} = 'cumulative' then 'level' else 'cumulative' end
    end
{%- endmacro %}
