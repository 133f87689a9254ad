-- The versions at one address are numbered 1 to n and the last of them alone is current.
select address
from {{ ref('int_documents_versioned') }}
group by address
having
    count(*) filter (is_current) != 1
    or max(version) != count(*)
    or max(version) filter (is_current) != count(*)
