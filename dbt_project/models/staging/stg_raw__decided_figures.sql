with decided_figures as (
    select * from {{ source('raw', 'decided_figures') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', '"start"', '"end"', 'number']) }} as observation_id,
        doc_id as document_id,
        is_accepted,
        is_rejected,
        was_set_aside,
        md5(cast(to_json(decided_figures) as varchar)) as state
    from decided_figures
)

select * from final
