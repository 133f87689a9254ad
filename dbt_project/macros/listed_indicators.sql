{#- One row per indicator of a JSON list, with its place in the list; for a select from the relation with the list. -#}
{% macro listed_indicators(indicator_ids) -%}
    unnest(from_json({{ indicator_ids }}, '["varchar"]')) as indicator_id,
    generate_subscripts(from_json({{ indicator_ids }}, '["varchar"]'), 1) as list_position
{%- endmacro %}
