{#-
    The part of a text between two Python offsets. These count code points from 0 and exclude the end; `substring`
    counts from 1 and takes a length.
-#}
{% macro text_between(text, start_offset, end_offset) -%}
    substring({{ text }}, {{ start_offset }} + 1, {{ end_offset }} - {{ start_offset }})
{%- endmacro %}
