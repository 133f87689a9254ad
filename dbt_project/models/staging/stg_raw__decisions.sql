with decisions as (
    select * from {{ source('raw', 'decisions') }}
),

final as (
    select
        decision_id,
        doc_id as document_id,
        case when number is not null then {{ surrogate_key(['doc_id', '"start"', '"end"', 'number']) }} end
            as observation_id,
        sentence_sha256,
        rule,
        verdict,
        case field
            when 'indicator' then 'indicator_id'
            when 'unit' then 'unit_measure'
            when 'value' then 'obs_value'
            when 'value_max' then 'obs_value_max'
            when 'agency' then 'agency_id'
            when 'status' then 'scenario'
            else field
        end as field,
        old_value,
        new_value,
        decided_by,
        reason,
        decided_at,
        lapsed
    from decisions
)

select * from final
