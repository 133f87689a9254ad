with citations as (
    select * from {{ source('raw', 'citations') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', '"start"']) }} as citation_id,
        doc_id as document_id,
        policy as policy_id,
        relation,
        quote,
        "start" as start_offset,
        "end" as end_offset,
        reasons as null_reasons
    from citations
)

select * from final
