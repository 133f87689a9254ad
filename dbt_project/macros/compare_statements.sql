{#-
    Whether two statements leave nothing possible that they share. Two rounded numbers do not share the point at
    which one ends and the other begins: 93.6% and 93.7% are two numbers, though 93.65 lies at the end of both.
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

{#- The same of all statements of a group: whether some two of them cannot both be true. -#}
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

{#- A millionth below, far more than floating point is off and far less than anything means. -#}
{% macro just_below_highest(prefix) -%}
    {{ prefix }}highest_possible - ({{ prefix }}highest_possible - {{ prefix }}lowest_possible) * 1e-6
{%- endmacro %}

{#- Whether they say the same number in the same way: "6.728 million" and "6,728,000" do. -#}
{% macro say_the_same(statement, other) -%}
    (
        {{ statement }}.obs_value = {{ other }}.obs_value
        and {{ statement }}.obs_value_max is not distinct from {{ other }}.obs_value_max
        and {{ statement }}.bound = {{ other }}.bound
    )
{%- endmacro %}

{#-
    Whether what a statement leaves possible lies within what the other leaves, and is less. Never within "about":
    that rules nothing out, so everything would lie within it.
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
    Whether the thing counted, or the measure, has another name and not only another spelling. A name that has all
    words of the other is the same, said at greater length ("defective vehicles", "Vehicles"); so is another number
    of the noun. A name in Latin letters and one in Chinese cannot be compared, nor can a name and none.
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

{#- Words without the ending of a plural; of Chinese the characters. -#}
{% macro words_of(name) -%}
    list_transform(
        regexp_extract_all(lower({{ name }}), '[\p{Latin}\d]+|\p{Han}'),
        lambda word: regexp_replace(word, '(ies|es|s|y|e)$', '')
    )
{%- endmacro %}

{#- Whether they are about one indicator, area, part, scenario and kind; then their units are one, too. -#}
{% macro are_of_one_series(claim, other) -%}
    {{ claim }}.series_id = {{ other }}.series_id
    and {{ claim }}.scenario = {{ other }}.scenario
    and {{ claim }}.fact_kind = {{ other }}.fact_kind
{%- endmacro %}

{#- Whether the years of which they may speak have one in common. -#}
{% macro may_be_of_one_year(claim, other) -%}
    {{ claim }}.earliest_year <= {{ other }}.latest_year
    and {{ other }}.earliest_year <= {{ claim }}.latest_year
{%- endmacro %}

{% macro goes_before(claim, other) -%}
    ({{ claim }}.preference, {{ claim }}.observation_id) < ({{ other }}.preference, {{ other }}.observation_id)
{%- endmacro %}

{#- Whether all statements of one were known before all of the other. -#}
{% macro follow_each_other(claim, other) -%}
    (
        greatest({{ claim }}.first_known_from, {{ other }}.first_known_from)
        > least({{ claim }}.last_known_from, {{ other }}.last_known_from)
    )
{%- endmacro %}
