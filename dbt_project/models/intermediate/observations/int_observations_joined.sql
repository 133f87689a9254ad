with figures as (
    select * from {{ ref('int_changed_figures') }}
),

documents as (
    select * from {{ ref('dim_documents') }}
),

agencies as (
    select * from {{ ref('agencies') }}
),

-- The date of a document is not a period: it says when something was said (`as_of`), not when it was true.
figures_with_stated_period as (
    select
        * exclude (period_start, period_end),
        case when period_basis in ('stated', 'inherited') then period_start end as period_start,
        case when period_basis in ('stated', 'inherited') then period_end end as period_end
    from figures
),

final as (
    select
        figures.*,
        {{ year_of_period('figures.period_start', 'figures.period_end') }} as year,
        {{ time_period('figures.period_start', 'figures.period_end') }} as time_period,
        {{ frequency('time_period') }} as freq,
        agencies.lineage_id,
        case when figures.scenario = 'estimate' then 'E' else 'A' end as obs_status,
        {{ implied_precision('figures.number_text', 'figures.obs_value', 'figures.unit_measure', 'figures.kind') }}
            as implied_precision,
        documents.document_type,
        documents.event_at,
        documents.as_of,
        documents.known_from,
        documents.known_to,
        documents.is_current
    from figures_with_stated_period as figures
    inner join documents on figures.document_id = documents.document_id
    left join agencies on figures.agency_id = agencies.agency_id
)

select * from final
