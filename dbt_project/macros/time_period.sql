{#-
    The SDMX text of a period, given its first and last day. Null without a last day.

    A whole year is 2023, a half 2023-H1, a quarter 2023-Q2, a month 2023-06, a day 2023-06-30, any other period its
    first day and an ISO 8601 duration: 2012-09-15/P5Y. Texts write five years either way, "2012-09-15 to 2017-09-15"
    and "... to 2017-09-14". A period without a first day ("by the end of 2020") is the year or month that its last
    day ends, else that day.
-#}
{% macro time_period(period_start, period_end) -%}
    case
        when {{ period_end }} is null then null
        when {{ period_start }} is null then
            case
                when strftime({{ period_end }}, '%m-%d') = '12-31' then strftime({{ period_end }}, '%Y')
                when {{ period_end }} = last_day({{ period_end }}) then strftime({{ period_end }}, '%Y-%m')
                else strftime({{ period_end }}, '%Y-%m-%d')
            end
        when {{ period_start }} = {{ period_end }} then strftime({{ period_end }}, '%Y-%m-%d')
        when {{ is_calendar_period(period_start, period_end, 12) }} then strftime({{ period_end }}, '%Y')
        when {{ is_calendar_period(period_start, period_end, 6) }}
            then strftime({{ period_end }}, '%Y-H') || cast(month({{ period_end }}) // 6 as varchar)
        when {{ is_calendar_period(period_start, period_end, 3) }}
            then strftime({{ period_end }}, '%Y-Q') || cast(month({{ period_end }}) // 3 as varchar)
        when {{ is_calendar_period(period_start, period_end, 1) }} then strftime({{ period_end }}, '%Y-%m')
        else
            strftime({{ period_start }}, '%Y-%m-%d/P')
            || {{ duration(period_start, period_end, whole_months(period_start, period_end)) }}
    end
{%- endmacro %}

{#- Whether the days are exactly the year, half, quarter or month (12, 6, 3 or 1 months) that the last day ends. -#}
{% macro is_calendar_period(period_start, period_end, months) -%}
    (
        {{ period_end }} = last_day({{ period_end }})
        and month({{ period_end }}) % {{ months }} = 0
        and {{ period_start }} = {{ period_end }} + interval 1 day - interval {{ months }} month
    )
{%- endmacro %}

{#- The whole months between the days, with the last day counted or not; null if neither way gives whole months. -#}
{% macro whole_months(period_start, period_end) -%}
    case
        {%- for last_day in [period_end, '(' ~ period_end ~ ' + 1)'] %}
        when {{ period_start }} + to_months(cast(date_diff('month', {{ period_start }}, {{ last_day }}) as integer))
            = {{ last_day }}
            then date_diff('month', {{ period_start }}, {{ last_day }})
        {%- endfor %}
    end
{%- endmacro %}

{% macro duration(period_start, period_end, months) -%}
    case
        when {{ months }} % 12 = 0 then cast({{ months }} // 12 as varchar) || 'Y'
        when {{ months }} > 0 then cast({{ months }} as varchar) || 'M'
        else cast({{ period_end }} - {{ period_start }} + 1 as varchar) || 'D'
    end
{%- endmacro %}

{#- The SDMX frequency code of such a text: A year, S half, Q quarter, M month, D day, null for any other span. -#}
{% macro frequency(time_period) -%}
    case
        when regexp_full_match({{ time_period }}, '\d{4}') then 'A'
        when regexp_full_match({{ time_period }}, '\d{4}-H\d') then 'S'
        when regexp_full_match({{ time_period }}, '\d{4}-Q\d') then 'Q'
        when regexp_full_match({{ time_period }}, '\d{4}-\d{2}') then 'M'
        when regexp_full_match({{ time_period }}, '\d{4}-\d{2}-\d{2}') then 'D'
    end
{%- endmacro %}

{#- The calendar year that a period lies in, or that its last day lies in when it has no first day; else null. -#}
{% macro year_of_period(period_start, period_end) -%}
    case
        when {{ period_start }} is null or year({{ period_start }}) = year({{ period_end }})
            then cast(year({{ period_end }}) as integer)
    end
{%- endmacro %}
