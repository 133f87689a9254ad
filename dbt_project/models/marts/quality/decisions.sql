with decisions as (
    select * from {{ ref('stg_raw__decisions') }}
),

final as (
    select
        {{ surrogate_key(['decision_id', 'document_id', 'observation_id', 'field']) }} as decision_row_id,
        decision_id,
        observation_id,
        document_id,
        verdict,
        field,
        old_value,
        new_value,
        rule,
        decided_by,
        decided_at,
        reason,
        lapsed,
        sentence_sha256
    from decisions
)

select * from final
