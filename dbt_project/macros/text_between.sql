{#-
    The stretch of a text between two Python offsets: they count code points from 0 and leave the end out,
    substring counts code points from 1 and wants a length.
-#}
{% macro text_between(text, start_offset, end_offset) -%}
    substring({{ text }}, {{ start_offset }} + 1, {{ end_offset }} - {{ start_offset }})
{%- endmacro %}
