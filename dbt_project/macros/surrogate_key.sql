{#-
    A key made of columns, equal on every machine. A JSON list tells null from any text and 'a', 'bc' from
    'ab', 'c', which joining texts would not.
-#}
{% macro surrogate_key(columns) -%}
    md5(cast(to_json([
        {%- for column in columns %}cast({{ column }} as varchar){{ ', ' if not loop.last }}{% endfor -%}
    ]) as varchar))
{%- endmacro %}
