{#-
    Whether two statements contradict each other: no value is possible under both. Two rounded numbers do not share
    the point where their intervals meet: 93.6% and 93.7% differ, though 93.65 lies at the end of both.
-#}
{% macro cannot_both_be_true(statement, other) -%}
    (
        greatest({{ statement }}.lowest_possible, {{ other }}.lowest_possible)
        > least({{ statement }}.highest_possible, {{ other }}.highest_possible)
        or (
            {{ is_rounded(statement ~ '.') }}
            and {{ is_rounded(other ~ '.') }}
            and greatest({{ statement }}.lowest_possible, {{ other }}.lowest_possible)
            > least({{ just_below_highest(statement ~ '.') }}, {{ just_below_highest(other ~ '.') }})
        )
    )
{%- endmacro %}

{#- Whether any two statements of a group contradict each other. -#}
{% macro cannot_all_be_true() -%}
    (
        max(lowest_possible) > min(highest_possible)
        or coalesce(
            max(lowest_possible) filter ({{ is_rounded('') }})
            > min({{ just_below_highest('') }}) filter ({{ is_rounded('') }}),
            false
        )
    )
{%- endmacro %}

{% macro is_rounded(prefix) -%}
    (
        isfinite({{ prefix }}lowest_possible)
        and isfinite({{ prefix }}highest_possible)
        and {{ prefix }}lowest_possible < {{ prefix }}highest_possible
    )
{%- endmacro %}

{#- A millionth of the interval lower: far more than floating-point error, far less than any real difference. -#}
{% macro just_below_highest(prefix) -%}
    {{ prefix }}highest_possible - ({{ prefix }}highest_possible - {{ prefix }}lowest_possible) * 1e-6
{%- endmacro %}

{#- Whether both give the same number with the same bound, as "6.728 million" and "6,728,000" do. -#}
{% macro say_the_same(statement, other) -%}
    (
        {{ statement }}.obs_value = {{ other }}.obs_value
        and {{ statement }}.obs_value_max is not distinct from {{ other }}.obs_value_max
        and {{ statement }}.bound = {{ other }}.bound
    )
{%- endmacro %}

{#-
    Whether a statement is narrower than the other: the values that it leaves possible are some of those that the
    other leaves possible, not all. Nothing is narrower than "about", which rules nothing out.
-#}
{% macro lies_within(statement, other) -%}
    (
        {{ other }}.bound != 'about'
        and {{ statement }}.lowest_possible >= {{ other }}.lowest_possible
        and {{ statement }}.highest_possible <= {{ other }}.highest_possible
        and (
            {{ statement }}.lowest_possible > {{ other }}.lowest_possible
            or {{ statement }}.highest_possible < {{ other }}.highest_possible
        )
    )
{%- endmacro %}

{#-
    Whether the thing counted, or the measure, has another name and not only another spelling. A name with all words
    of the other is the same name at greater length ("defective vehicles", "Vehicles"); a plural is the same name,
    too. A name in Latin letters cannot be compared with a Chinese one, nor a name with a missing one.
-#}
{% macro are_named_differently(statement, other) -%}
    coalesce(
        {%- for name in ['counted', 'measure'] %}
        {{ is_another_name(statement ~ '.' ~ name, other ~ '.' ~ name) }}
        {{- ' or' if not loop.last }}
        {%- endfor %},
        false
    )
{%- endmacro %}

{% macro is_another_name(name, other) -%}
    coalesce(
        regexp_matches({{ name }}, '[A-Za-z]') = regexp_matches({{ other }}, '[A-Za-z]')
        and not list_has_all({{ words_of(name) }}, {{ words_of(other) }})
        and not list_has_all({{ words_of(other) }}, {{ words_of(name) }}),
        false
    )
{%- endmacro %}

{#- The words of a name without plural endings; for Chinese, its characters. -#}
{% macro words_of(name) -%}
    list_transform(
        regexp_extract_all(lower({{ name }}), '[\p{Latin}\d]+|\p{Han}'),
        lambda word: regexp_replace(word, '(ies|es|s|y|e)$', '')
    )
{%- endmacro %}

{#- Whether both are about one indicator, area, part, scenario and kind; then they have one unit, too. -#}
{% macro are_of_one_series(claim, other) -%}
    {{ claim }}.series_id = {{ other }}.series_id
    and {{ claim }}.scenario = {{ other }}.scenario
    and {{ claim }}.fact_kind = {{ other }}.fact_kind
{%- endmacro %}

{#- Whether the years that they may speak of overlap. -#}
{% macro may_be_of_one_year(claim, other) -%}
    {{ claim }}.earliest_year <= {{ other }}.latest_year
    and {{ other }}.earliest_year <= {{ claim }}.latest_year
{%- endmacro %}

{% macro goes_before(claim, other) -%}
    ({{ claim }}.preference, {{ claim }}.observation_id) < ({{ other }}.preference, {{ other }}.observation_id)
{%- endmacro %}

{#- Whether every statement of one claim was known before every statement of the other. -#}
{% macro follow_each_other(claim, other) -%}
    (
        greatest({{ claim }}.first_known_from, {{ other }}.first_known_from)
        > least({{ claim }}.last_known_from, {{ other }}.last_known_from)
    )
{%- endmacro %}
