-- Every number is one join away from its sentence.
with observations as (
    select * from {{ ref('fct_observations') }}
),

changed_documents as (
    select * from {{ ref('int_changed_documents') }}
),

evidence as (
    select * from {{ ref('evidence') }}
)

select observations.observation_id
from observations
semi join changed_documents on observations.document_id = changed_documents.document_id
anti join evidence on observations.observation_id = evidence.observation_id
