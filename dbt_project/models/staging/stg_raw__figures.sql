with figures as (
    select * from {{ source('raw', 'figures_as_decided') }}
),

final as (
    select
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
        reasons as null_reasons
    from figures
)

select * from final
