-- Nothing without a source: what is promised stands in the text of its document, word for word.
with objectives as (
    select * from {{ ref('stg_raw__objectives') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

final as (
    select
        objectives.objective_id,
        objectives.quote,
        {{ text_between('documents.text', 'objectives.start_offset', 'objectives.end_offset') }} as text_at_offsets
    from objectives
    left join documents on objectives.document_id = documents.document_id
)

select * from final
where text_at_offsets is distinct from quote
