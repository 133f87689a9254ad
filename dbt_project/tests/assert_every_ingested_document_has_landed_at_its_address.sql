-- Versions are derived from the landings, so a document without a landing would be in no mart.
select ingestions.document_id
from {{ ref('stg_raw__ingestions') }} as ingestions
anti join {{ ref('stg_raw__landings') }} as landings
    on ingestions.document_id = landings.document_id and ingestions.address = landings.address
