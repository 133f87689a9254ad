with observations as (
    select * from {{ ref('fct_observations') }}
),

changed_series as (
    select * from {{ ref('int_changed_series') }}
),

final as (
    select observations.*
    from observations
    semi join changed_series on observations.series_id = changed_series.series_id
)

select * from final
