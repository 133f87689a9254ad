{#- A number as people write it: 6728000 as 6,728,000, 93.65 as 93.65. -#}
{% macro plain_number(value) -%}
    case
        when {{ value }} = trunc({{ value }}) and abs({{ value }}) < 1e15
            then format('{:,}', cast({{ value }} as bigint))
        else cast({{ value }} as varchar)
    end
{%- endmacro %}
