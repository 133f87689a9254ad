-- Every statement that was ranked is counted in one yearly row, and in one only.
select *
from
    (select count(*) as statements from {{ ref('int_indicator_statements_ranked') }}) as ranked,
    (select coalesce(sum(statement_count), 0) as statements from {{ ref('fct_indicator_years') }}) as counted
where ranked.statements != counted.statements
