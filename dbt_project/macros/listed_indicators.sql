{#- The indicators of a JSON list, one row each, with their place in it; select it from the relation that has the list. -#}
{% macro listed_indicators(indicator_ids) -%}
    unnest(from_json({{ indicator_ids }}, '["varchar"]')) as indicator_id,
    generate_subscripts(from_json({{ indicator_ids }}, '["varchar"]'), 1) as list_position
{%- endmacro %}
