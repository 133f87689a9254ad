{#- Schemas have the names that dbt_project.yml gives them; the marts are in `main`, where people look first. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
