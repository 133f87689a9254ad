with figures as (
    select * from {{ ref('stg_raw__figures') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

final as (
    select
        figures.observation_id,
        {{ text_between('documents.text', 'figures.sentence_start_offset', 'figures.sentence_end_offset') }}
            as sentence,
        figures.quote,
        figures.number_text,
        figures.start_offset,
        figures.end_offset,
        -- The pages that begin at or before the figure are as many as its page number.
        cast(nullif(
            len(list_filter(documents.page_starts, lambda page_start: page_start <= figures.start_offset)), 0
        ) as integer) as page,
        figures.speaker,
        figures.document_id,
        documents.title,
        documents.publisher,
        documents.source_url,
        documents.file_name
    from figures
    inner join documents on figures.document_id = documents.document_id
)

select * from final
