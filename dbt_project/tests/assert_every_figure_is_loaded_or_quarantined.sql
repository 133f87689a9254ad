-- Figures in = loaded + quarantined for every document of the ledger, and no other document has figures.
-- A figure has one quarantine row for each rule it breaks, and two figures may share a span, so the number of figures
-- that were set aside lies between the number of spans and the number of rows. Figures that people rejected are
-- loaded but are not observations; figures that people let in are observations but were not loaded.
with ledger as (
    select * from {{ ref('stg_raw__ingestions') }}
),

loaded as (
    select
        document_id,
        count(*) as figures
    from {{ ref('fct_observations') }}
    group by document_id
),

decided as (
    select
        document_id,
        count(*) filter (where is_rejected and not was_set_aside) as rejected,
        count(*) filter (where was_set_aside and not is_rejected) as let_in
    from {{ ref('stg_raw__decided_figures') }}
    group by document_id
),

quarantined as (
    select
        doc_id as document_id,
        count(distinct record) as spans,
        count(*) as records
    from {{ source('raw', 'quarantine') }}
    where subject = 'figure'
    group by doc_id
),

final as (
    select
        document_id,
        ledger.figures_in,
        ledger.figures_loaded,
        ledger.figures_quarantined,
        coalesce(loaded.figures, 0) + coalesce(decided.rejected, 0) - coalesce(decided.let_in, 0) as figures_found,
        coalesce(quarantined.spans, 0) as quarantined_spans_found,
        coalesce(quarantined.records, 0) as quarantined_records_found
    from ledger
    full join loaded using (document_id)
    full join quarantined using (document_id)
    left join decided using (document_id)
)

select * from final
where
    figures_in is null
    or figures_in != figures_loaded + figures_quarantined
    or figures_loaded != figures_found
    or figures_quarantined not between quarantined_spans_found and quarantined_records_found
