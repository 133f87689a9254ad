{#-
    The incremental strategy of the models that follow the documents: delete the rows whose key changed, insert what
    the model selects for the changed keys now. A key that is gone leaves no row, other rows stay as they are.

    A model names what it `replaces` in its config, as table of changed keys → column of the model → column of that
    table:

        replaces={'int_changed_facts': {'fact_id': 'fact_id', 'other_fact_id': 'fact_id'}}

    It selects for the same changed keys, and its tests look at no others (`where`): the other rows passed when they
    were built. dbt runs the select before the delete, so a model of this strategy must not read `this`. One that
    does not select from the table of changed keys itself says `depends_on`, else dbt would not know of it.
-#}
{% macro get_incremental_replace_changed_sql(arg_dict) -%}
    {%- for changed, columns in config.require('replaces').items() %}
    {%- for column, key in columns.items() %}
    delete from {{ arg_dict['target_relation'] }}
    where {{ column }} in (select {{ key }} from {{ ref(changed) }});
    {%- endfor %}
    {%- endfor %}
    {{ get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns']) }}
{%- endmacro %}
