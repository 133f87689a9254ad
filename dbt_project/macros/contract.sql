{#-
    Compares the columns of a model with its contract in full builds only. Columns change only with the project, and
    a changed project is rebuilt in full (flows/io/dbt.py); dbt itself would send two queries a model in every build.
    Overrides dbt's macro; the types and the `not null` of a contract stay in the DDL.
-#}
{% macro default__get_assert_columns_equivalent(sql) -%}
    {% if should_full_refresh() %}{{ return(assert_columns_equivalent(sql)) }}{% endif %}
{%- endmacro %}
