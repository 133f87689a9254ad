with figures as (
    select * from {{ ref('stg_raw__figures') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

-- Staging would compute this key for all figures in every build.
final as (
    select
        {{ surrogate_key(['document_id', 'start_offset', 'end_offset', 'number_text']) }} as observation_id,
        figures.*
    from figures
    semi join changed_documents on figures.document_id = changed_documents.document_id
)

select * from final
