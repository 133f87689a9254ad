with licences as (
    select * from {{ ref('licences') }}
),

final as (
    select
        licence,
        name_en,
        address,
        may_publish_text,
        reason
    from licences
)

select * from final
