with landings as (
    select * from {{ ref('stg_raw__landings') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

-- What cannot be read replaces nothing that can.
final as (
    select
        landings.document_id,
        landings.address,
        landings.landed_at,
        cast(row_number() over versions_of_address as integer) as version,
        lead(landings.document_id) over versions_of_address is null as is_newest
    from landings
    semi join documents on landings.document_id = documents.document_id
    -- Two versions landed at one instant are told apart by their hash, so that every build decides alike.
    window versions_of_address as (partition by landings.address order by landings.landed_at, landings.document_id)
)

select * from final
