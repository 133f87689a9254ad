{#-
    How the marts follow the documents. A model that holds rows of documents throws away those of changed
    documents and adds what they say now; a model that holds rows of facts or series does the same with those of
    changed documents. Used as a pre-hook; the model itself selects from the same table of what has changed, and so
    do its tests (`where`): the other rows passed when they were built. `key_here` is the name that the key has in
    the model, where that is another.
-#}
{% macro delete_changed(changed, key, key_here=none) -%}
    {% if is_incremental() %}
        delete from {{ this }} where {{ key_here or key }} in (select {{ key }} from {{ changed }})
    {% endif %}
{%- endmacro %}
