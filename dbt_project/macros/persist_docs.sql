{#-
    The comments of a table are written when it is made. An incremental model that goes on has them already, and dbt
    would write all of them anew. Overrides dbt's own macro.
-#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {% if not is_incremental() %}{% do default__persist_docs(relation, model, for_relation, for_columns) %}{% endif %}
{%- endmacro %}
