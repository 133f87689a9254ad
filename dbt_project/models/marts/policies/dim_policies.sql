with policies as (
    select * from {{ ref('policies') }}
),

final as (
    select
        policy_id,
        name_en,
        name_zh,
        issuer_agency_id,
        ref_area,
        valid_from,
        valid_to,
        predecessor_policy_id
    from policies
)

select * from final
