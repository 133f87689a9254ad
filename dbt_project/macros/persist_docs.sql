{#-
    Writes the comments of a table when the table is created. An incremental build keeps the table with its comments;
    dbt itself would write all of them again. Overrides dbt's macro.
-#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {% if not is_incremental() %}{% do default__persist_docs(relation, model, for_relation, for_columns) %}{% endif %}
{%- endmacro %}
