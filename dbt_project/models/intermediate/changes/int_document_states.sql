{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='document_id') }}

with documents as (
    select * from {{ ref('int_documents_versioned') }}
),

ingestions as (
    select * from {{ ref('stg_raw__ingestions') }}
),

decided_figures as (
    select
        document_id,
        string_agg(state order by state) as states
    from {{ ref('stg_raw__decided_figures') }}
    group by document_id
),

-- All rows of a document are loaded at once, so the time of its load identifies what it says.
states as (
    select
        documents.document_id,
        {{ surrogate_key([
            'ingestions.loaded_at', 'ingestions.extractor_version', 'ingestions.sidecar_sha256', 'documents.landed_at',
            'documents.version', 'documents.is_current', 'documents.document_line_id', 'documents.known_from',
            'documents.known_to', 'decided_figures.states',
        ]) }} as state
    from documents
    inner join ingestions on documents.document_id = ingestions.document_id
    left join decided_figures on documents.document_id = decided_figures.document_id
),

{% if is_incremental() %}
states_before as (
    select * from {{ this }}
),

-- A document that a newer extractor could not read has lost its state, which is a change.
changed_states as (
    select
        coalesce(states.document_id, states_before.document_id) as document_id,
        states.state
    from states
    full join states_before on states.document_id = states_before.document_id
    where states.state is distinct from states_before.state
),
{% else %}
changed_states as (
    select * from states
),
{% endif %}

final as (
    select
        document_id,
        state,
        '{{ invocation_id }}' as changed_by_build
    from changed_states
)

select * from final
