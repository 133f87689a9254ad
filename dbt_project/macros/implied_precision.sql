{#-
    Half a unit of the last digit that is written: "6.728 million" is 6,728,000 give or take 500, "93.65%" give or
    take 0.005. A count in plain digits or words is exact, and so is a rank.
-#}
{% macro implied_precision(number_text, obs_value, unit_measure, kind) -%}
    case
        when {{ kind }} = 'rank' then 0
        when {{ unit_measure }} = 'count' and {{ written_step(number_text, obs_value) }} is null then 0
        when {{ unit_measure }} = 'count' and {{ written_step(number_text, obs_value) }} <= 1 then 0
        else coalesce({{ written_step(number_text, obs_value) }}, 1) / 2
    end
{%- endmacro %}

{#- One step of the last written digit, in the unit of the value; null for a number in words and for zero. -#}
{% macro written_step(number_text, obs_value) -%}
    {%- set digits -%}
        regexp_extract(replace({{ number_text }}, ',', ''), '\d+(\.\d+)?')
    {%- endset -%}
    ({{ obs_value }} / nullif(try_cast({{ digits }} as double), 0) * pow(10, -length(split_part({{ digits }}, '.', 2))))
{%- endmacro %}
