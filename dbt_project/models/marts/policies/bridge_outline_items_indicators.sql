with outline_items as (
    select * from {{ ref('stg_raw__outline_items') }}
),

documents as (
    select * from {{ ref('stg_raw__documents') }}
),

indicator_subjects as (
    select * from {{ ref('indicator_subjects') }}
),

titles as (
    select distinct
        outline_items.title,
        documents.language
    from outline_items
    inner join documents on outline_items.document_id = documents.document_id
),

subjects_of_titles as (
    select distinct
        titles.title,
        titles.language,
        indicator_subjects.indicator_id
    from titles
    inner join indicator_subjects
        on
            titles.language = indicator_subjects.language
            and regexp_matches(titles.title, indicator_subjects.pattern, 'i')
),

named_indicators as (
    select
        outline_item_id,
        document_id,
        {{ listed_indicators('indicator_ids') }}
    from outline_items
),

subject_indicators as (
    select
        outline_items.outline_item_id,
        outline_items.document_id,
        subjects_of_titles.indicator_id
    from outline_items
    inner join documents on outline_items.document_id = documents.document_id
    inner join subjects_of_titles
        on
            outline_items.title = subjects_of_titles.title
            and documents.language = subjects_of_titles.language
),

final as (
    select
        outline_item_id,
        document_id,
        indicator_id,
        case when named_indicators.list_position is null then 'subject' else 'named' end as basis,
        named_indicators.list_position
    from named_indicators
    full join subject_indicators using (outline_item_id, document_id, indicator_id)
)

select * from final
