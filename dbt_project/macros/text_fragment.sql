{#-
    An address that opens a page at a sentence and marks it: the W3C text fragment `#:~:text=`.

    A fragment that the address has already stays in front of it, another text fragment gives way. A browser looks
    for the words as the page shows them (`shown_words`), in whole words and within one block, so a long sentence
    and a row of a table are given by their first and their last words. Null without an address.
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

{#- url_encode leaves the hyphen, which parts a prefix from the words. -#}
{% macro fragment_encoded(words) -%}
    replace(url_encode({{ words }}), '-', '%2D')
{%- endmacro %}

{#- A sentence as the page shows it: blanks and line breaks are one blank, and marks of lists are no words. -#}
{% macro shown_words(sentence) -%}
    regexp_replace(
        trim({{ with_single_blanks(sentence) }}), '^(?:[-*•·●▪◦|] ?|#+ )+|\s*\|$', '', 'g'
    )
{%- endmacro %}

{#- Most sentences have them already, and to look is quicker than to replace. -#}
{% macro with_single_blanks(sentence) -%}
    case
        when regexp_matches({{ sentence }}, '[\t\n\f\r\x{00a0}\x{3000}]|  ')
            then regexp_replace({{ sentence }}, '[\s\x{00a0}\x{3000}]+', ' ', 'g')
        else {{ sentence }}
    end
{%- endmacro %}

{#-
    Eight words, or in Chinese, where a browser knows the ends of words and we do not, what stands before a comma;
    of the row of a table the first cell. Null for a sentence that is short or cannot be cut.
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

{#- More than 120 characters, and blanks between the words. -#}
{% macro is_long_prose(shown) -%}
    length({{ shown }}) > 120 and regexp_matches({{ shown }}, '^(?:\S{1,40} ){16}')
{%- endmacro %}
