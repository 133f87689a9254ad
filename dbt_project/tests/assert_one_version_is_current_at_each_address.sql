-- The versions at one address are numbered 1 to n and the last of them alone is the newest.
select address
from {{ ref('int_landings_versioned') }}
group by address
having
    count(*) filter (is_newest) != 1
    or max(version) != count(*)
    or max(version) filter (is_newest) != count(*)
