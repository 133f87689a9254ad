{#-
    An address that opens a page at a sentence and highlights it: the W3C text fragment `#:~:text=`. Null without an
    address.

    A fragment of the address is kept in front; an earlier text fragment is replaced. A browser searches for the words
    as the page shows them (`shown_words`), in whole words and within one block, so a long sentence and a row of a
    table are given by their first and their last words.
-#}
{% macro text_fragment_url(source_url, shown) -%}
    regexp_replace({{ source_url }}, '(#.*?):~:.*$', '\1')
    || case when contains({{ source_url }}, '#') then '' else '#' end
    || ':~:text='
    || case
        when {{ first_words(shown) }} is null or {{ last_words(shown) }} is null
            then {{ fragment_encoded(shown) }}
        else
            {{ fragment_encoded(first_words(shown)) }} || ',' || {{ fragment_encoded(last_words(shown)) }}
    end
{%- endmacro %}

{#- url_encode keeps hyphens, but in a text fragment a hyphen separates a prefix from the words. -#}
{% macro fragment_encoded(words) -%}
    replace(url_encode({{ words }}), '-', '%2D')
{%- endmacro %}

{#- A sentence as the page shows it: blanks and line breaks become one blank, list marks are left out. -#}
{% macro shown_words(sentence) -%}
    regexp_replace(
        trim({{ with_single_blanks(sentence) }}), '^(?:[-*•·●▪◦|] ?|#+ )+|\s*\|$', '', 'g'
    )
{%- endmacro %}

{#- Most sentences have single blanks already, and looking is faster than replacing. -#}
{% macro with_single_blanks(sentence) -%}
    case
        when regexp_matches({{ sentence }}, '[\t\n\f\r\x{00a0}\x{3000}]|  ')
            then regexp_replace({{ sentence }}, '[\s\x{00a0}\x{3000}]+', ' ', 'g')
        else {{ sentence }}
    end
{%- endmacro %}

{#-
    The first eight words. In Chinese, where a browser knows word boundaries and we do not, the text before the first
    comma; in a row of a table, the first cell. Null for a sentence that is short or cannot be cut.
-#}
{% macro first_words(shown) -%}
    nullif(case
        when contains({{ shown }}, '|') then trim(split_part({{ shown }}, '|', 1))
        when {{ is_long_prose(shown) }} then regexp_extract({{ shown }}, '^(?:\S+ ){7}\S+')
        when length({{ shown }}) > 120 then regexp_extract({{ shown }}, '^(.{6,50}?)[，、；：]', 1)
    end, '')
{%- endmacro %}

{% macro last_words(shown) -%}
    nullif(case
        when contains({{ shown }}, '|') then trim(split_part({{ shown }}, '|', -1))
        when {{ is_long_prose(shown) }} then regexp_extract({{ shown }}, '(?:\S+ ){7}\S+$')
        when length({{ shown }}) > 120 then regexp_extract({{ shown }}, '[，、；：]([^，、；：]{4,50})$', 1)
    end, '')
{%- endmacro %}

{#- More than 120 characters, with blanks between the words. -#}
{% macro is_long_prose(shown) -%}
    length({{ shown }}) > 120 and regexp_matches({{ shown }}, '^(?:\S{1,40} ){16}')
{%- endmacro %}
