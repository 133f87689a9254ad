{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    replaces={'int_changed_documents': {'document_id': 'document_id'}},
) }}

-- depends_on: {{ ref('int_changed_documents') }}

with figures as (
    select * from {{ ref('int_changed_figures') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

versions as (
    select * from {{ ref('dim_documents') }}
),

-- The long text is cut once per figure; sentences are then cut from that short piece.
figures_in_context as (
    select
        figures.*,
        {{ text_between('documents.text', 'figures.context_start_offset', 'figures.context_end_offset') }} as context,
        figures.sentence_start_offset - figures.context_start_offset as before_length,
        figures.context_end_offset - figures.sentence_end_offset as after_length,
        -- The page number is the number of pages that begin at or before the figure.
        cast(nullif(
            len(list_filter(documents.page_starts, lambda page_start: page_start <= figures.start_offset)), 0
        ) as integer) as page,
        documents.title,
        documents.publisher,
        documents.source_url,
        documents.file_name,
        versions.may_publish_text
    from figures
    inner join documents on figures.document_id = documents.document_id
    inner join versions on figures.document_id = versions.document_id
),

sentences as (
    select
        *,
        {{ text_between('context', 'before_length', 'length(context) - after_length') }} as sentence,
        -- The sentence is a quotation; its neighbours need a licence that lets the text be published.
        case when may_publish_text then nullif(rtrim(left(context, before_length), e' \t\r\n'), '') end
            as sentence_before,
        case when may_publish_text then nullif(ltrim(right(context, after_length), e' \t\r\n'), '') end
            as sentence_after
    from figures_in_context
),

shown_sentences as (
    select
        *,
        {{ shown_words('sentence') }} as shown
    from sentences
),

final as (
    select
        observation_id,
        sentence_before,
        sentence,
        sentence_after,
        quote,
        number_text,
        start_offset,
        end_offset,
        page,
        speaker,
        document_id,
        title,
        publisher,
        source_url,
        {{ text_fragment_url('source_url', 'shown') }} as evidence_url,
        file_name
    from shown_sentences
)

select * from final
