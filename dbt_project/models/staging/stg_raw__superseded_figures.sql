with superseded_figures as (
    select * from {{ source('raw', 'superseded_figures') }}
),

final as (
    select
        {{ surrogate_key(['doc_id', '"start"', '"end"', 'number']) }} as observation_id,
        doc_id as document_id,
        quote,
        "start" as start_offset,
        "end" as end_offset,
        number as number_text,
        value as obs_value,
        value_max as obs_value_max,
        unit as unit_measure,
        counted,
        bound,
        kind,
        status as scenario,
        period_start,
        period_end,
        period_basis,
        agency as agency_id,
        ref_area,
        indicator as indicator_id,
        measure,
        breakdown,
        speaker,
        confidence,
        sentence_start as sentence_start_offset,
        sentence_end as sentence_end_offset,
        context_start as context_start_offset,
        context_end as context_end_offset,
        reasons as null_reasons,
        extractor_version,
        read_at,
        superseded_at
    from superseded_figures
)

select * from final
