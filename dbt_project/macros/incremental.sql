{#-
    How the marts follow the documents. A model that holds rows of documents throws away those of changed
    documents and adds what they say now; a model that holds rows of series does the same with the series of
    changed documents. Used as a pre-hook; the model itself selects from the same table of what has changed, and so
    do its tests (`where`): the other rows passed when they were built.
-#}
{% macro delete_changed(changed, key) -%}
    {% if is_incremental() %}
        delete from {{ this }} where {{ key }} in (select {{ key }} from {{ changed }})
    {% endif %}
{%- endmacro %}
