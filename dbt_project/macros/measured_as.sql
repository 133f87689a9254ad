{#-
    What a number tells about its indicator: the `level` (a share is one, too) or the total since some start
    (`cumulative`, unless the indicator is itself cumulative). Null for changes, growth rates and ranks.
-#}
{% macro measured_as(kind, measure_type) -%}
    case
        when {{ kind }} in ('level', 'share') then 'level'
        when {{ kind }} = 'cumulative' then case when {{ measure_type }} = 'cumulative' then 'level' else 'cumulative' end
    end
{%- endmacro %}
