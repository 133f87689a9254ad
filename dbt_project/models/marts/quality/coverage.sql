with observations as (
    select * from {{ ref('fct_observations') }}
    where is_current and indicator_id is not null and scenario != 'target'
),

quarantine as (
    select * from {{ ref('quarantine') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

dated_documents as (
    select
        document_id,
        year(as_of) as document_year
    from {{ ref('dim_documents') }}
    where is_current and as_of is not null
),

-- A document of one year speaks of that year or looks back on the one before.
documents as (
    select
        document_id,
        unnest([document_year, document_year - 1]) as year
    from dated_documents
),

documents_by_year as (
    select
        year,
        count(*) as document_count
    from documents
    group by year
),

held_observations as (
    select observation_id from quarantine
    where observation_id is not null
),

stated as (
    select
        observations.indicator_id,
        observations.year,
        count(*) as statement_count
    from observations
    anti join held_observations on observations.observation_id = held_observations.observation_id
    where observations.year is not null
    group by observations.indicator_id, observations.year
),

-- A figure that breaks two rules has two rows.
quarantined_figures as (
    select distinct
        document_id,
        record,
        evidence ->> '$.indicator' as indicator_id,
        evidence ->> '$.period_basis' as period_basis,
        try_cast(evidence ->> '$.period_start' as date) as period_start,
        try_cast(evidence ->> '$.period_end' as date) as period_end
    from quarantine
    where subject = 'figure' and (evidence ->> '$.status') is distinct from 'target'
),

set_aside as (
    select
        indicator_id,
        {{ year_of_period('period_start', 'period_end') }} as year
    from quarantined_figures
    where period_basis in ('stated', 'inherited')
    union all
    select
        observations.indicator_id,
        observations.year
    from observations
    semi join held_observations on observations.observation_id = held_observations.observation_id
),

in_quarantine as (
    select
        indicator_id,
        year,
        count(*) as quarantined_count
    from set_aside
    where indicator_id is not null and year is not null
    group by indicator_id, year
),

spans as (
    select
        indicator_id,
        year(period_start) as first_year,
        year(period_end) as last_year,
        count(*) as statement_count
    from observations
    where period_start is not null and period_end is not null and year is null
    group by all
),

within_spans as (
    select
        indicator_id,
        unnest(range(first_year, last_year + 1)) as year,
        statement_count
    from spans
),

within_longer_period as (
    select
        indicator_id,
        year,
        sum(statement_count) as longer_period_count
    from within_spans
    group by indicator_id, year
),

-- Counted by document year before they are spread over years, because they are many.
undated as (
    select
        indicator_id,
        year(as_of) as document_year,
        count(*) as undated_count
    from observations
    where time_period is null and as_of is not null
    group by all
),

undated_around as (
    select
        indicator_id,
        unnest([document_year, document_year - 1]) as year,
        undated_count
    from undated
),

period_not_stated as (
    select
        indicator_id,
        year,
        sum(undated_count) as undated_count
    from undated_around
    group by indicator_id, year
),

spoken_years as (
    select year from stated
    union
    select year from in_quarantine
    union
    select year from within_longer_period
    union
    select document_year from dated_documents
),

years as (
    select unnest(range(min(year), max(year) + 1)) as year from spoken_years
),

final as (
    select
        indicators.indicator_id,
        cast(years.year as integer) as year,
        case
            when stated.statement_count is not null then 'stated'
            when in_quarantine.quarantined_count is not null then 'in_quarantine'
            when within_longer_period.longer_period_count is not null then 'within_longer_period'
            when period_not_stated.undated_count is not null then 'period_not_stated'
            when documents_by_year.document_count is not null then 'document_without_it'
            else 'no_document'
        end as coverage,
        cast(coalesce(stated.statement_count, 0) as integer) as statement_count,
        cast(coalesce(in_quarantine.quarantined_count, 0) as integer) as quarantined_count,
        cast(coalesce(within_longer_period.longer_period_count, 0) as integer) as longer_period_count,
        cast(coalesce(period_not_stated.undated_count, 0) as integer) as undated_count,
        cast(coalesce(documents_by_year.document_count, 0) as integer) as document_count
    from indicators
    cross join years
    left join stated on indicators.indicator_id = stated.indicator_id and years.year = stated.year
    left join in_quarantine
        on indicators.indicator_id = in_quarantine.indicator_id and years.year = in_quarantine.year
    left join within_longer_period
        on indicators.indicator_id = within_longer_period.indicator_id and years.year = within_longer_period.year
    left join period_not_stated
        on indicators.indicator_id = period_not_stated.indicator_id and years.year = period_not_stated.year
    left join documents_by_year on years.year = documents_by_year.year
)

select * from final
