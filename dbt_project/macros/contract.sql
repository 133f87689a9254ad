{#-
    The shape of a model is compared with its contract when it is made anew, as it is after each change of the
    project (flows/io/dbt.py). In between its SQL is the same and so is its shape, and dbt would ask the
    database twice a model. Overrides dbt's own macro; the types and the `not null` of a contract stay in the DDL.
-#}
{% macro default__get_assert_columns_equivalent(sql) -%}
    {% if should_full_refresh() %}{{ return(assert_columns_equivalent(sql)) }}{% endif %}
{%- endmacro %}
