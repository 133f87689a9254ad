{#-
    A key made of columns, the same on every machine. A JSON list keeps null apart from any text, and 'a', 'bc' apart
    from 'ab', 'c'; a concatenation of texts would not.
-#}
{% macro surrogate_key(columns) -%}
    md5(cast(to_json([
        {%- for column in columns %}cast({{ column }} as varchar){{ ', ' if not loop.last }}{% endfor -%}
    ]) as varchar))
{%- endmacro %}
