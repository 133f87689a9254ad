-- The macro leaves out what this table holds back, so it is created after it.
{{ config(post_hook="{{ create_indicator_years_as_of() }}") }}

with quarantined_records as (
    select * from {{ ref('stg_raw__quarantined_records') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

held_observations as (
    select * from {{ ref('int_held_observations') }}
),

final as (
    select
        quarantined_records.quarantine_id,
        quarantined_records.document_id,
        quarantined_records.file_name,
        quarantined_records.subject,
        quarantined_records.record,
        cast(null as varchar) as observation_id,
        quarantined_records.rule,
        quarantined_records.reason,
        -- Only an outline item holds more than a sentence: its body.
        case
            when quarantined_records.subject != 'outline_item' or documents.may_publish_text
                then quarantined_records.evidence
        end as evidence
    from quarantined_records
    left join documents on quarantined_records.document_id = documents.document_id
    union all by name
    select
        quarantine_id,
        document_id,
        file_name,
        'observation' as subject,
        observation_id as record,
        observation_id,
        'implausible_value' as rule,
        format(
            '“{}” ({}, {}) is {}: more than {:g} times off all that is stated beside it ({}). If the sentence is '
            'right, release it with `quality-warehouse review accept {}`.',
            quote, indicator_id, year, {{ plain_number('obs_value') }}, factor,
            array_to_string(list_transform(
                list_sort(neighbours),
                lambda neighbour: format('{} in {}', {{ plain_number('neighbour.value') }}, neighbour.year)
            ), ', '),
            quarantine_id
        ) as reason,
        cast(json_object('sentence', sentence, 'neighbours', list_sort(neighbours)) as varchar) as evidence
    from held_observations
)

select * from final
