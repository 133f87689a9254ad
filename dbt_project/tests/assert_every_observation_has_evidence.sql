-- A number that is not one join away from its sentence has no place here.
select observations.observation_id
from {{ ref('fct_observations') }} as observations
anti join {{ ref('evidence') }} as evidence on observations.observation_id = evidence.observation_id
