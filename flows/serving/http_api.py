"""The HTTP API of `serve`: a client with the key posts a document, the address of one, or an event.

    curl -H "Authorization: Bearer $KEY" --data-binary @report.pdf \
         'http://127.0.0.1:8642/documents?file_name=report.pdf&publisher=Bureau&published=2024-02-21'
    curl -H "Authorization: Bearer $KEY" --json '{"url": "https://example.org/report.html"}' \
         http://127.0.0.1:8642/documents
    curl -H "Authorization: Bearer $KEY" --json '{"event": "document.landed"}' http://127.0.0.1:8642/events

The answer 202 means that the document is on the disk and will be ingested. A document that is posted without an
address is kept under its name: other bytes under the same name are a new version of it.
"""

import secrets
import threading
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, ValidationError

from flows.errors import QualityWarehouseError, UsageError
from flows.io.landing.store import Landing, Sidecar, land
from flows.io.web.fetch import Fetched
from flows.runtime.logs import logger
from flows.settings import Settings
from schemas.inputs.metadata import Metadata, WebAddress

POSTED = "post:"


class PostedAddress(BaseModel):
    """The address of a document to fetch."""

    model_config = ConfigDict(extra="forbid")

    url: WebAddress


class PostedEvent(BaseModel):
    """An event that says that there is work; the landing says what work."""

    model_config = ConfigDict(extra="forbid")

    event: Literal["document.landed"]


def make_http_api(
    settings: Settings, on_landed: Callable[[Sequence[Sidecar]], None], on_event: Callable[[], None]
) -> FastAPI:
    """Return the application; raises QualityWarehouseError when the settings have no key."""
    key = settings.api_key
    if key is None:
        raise QualityWarehouseError("Set QUALITY_WAREHOUSE_API_KEY: nobody may post without a key.")

    def check_key(
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))],
    ) -> None:
        expected = key.get_secret_value().encode()
        if given is None or not secrets.compare_digest(given.credentials.encode(), expected):
            headers = {"WWW-Authenticate": "Bearer"}
            raise HTTPException(401, "Send the key as the header `Authorization: Bearer KEY`.", headers)

    app = FastAPI(title="Quality Warehouse", docs_url=None, redoc_url=None, openapi_url=None)
    only_with_key = [Depends(check_key)]

    @app.get("/health")
    def answer_health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/events", status_code=202, dependencies=only_with_key)
    def take_event(event: PostedEvent) -> dict[str, str]:
        on_event()
        return {"status": "taken", "event": event.event}

    @app.post("/documents", status_code=202, dependencies=only_with_key)
    async def take_document(request: Request) -> dict[str, str]:
        if request.headers.get("content-type", "").startswith("application/json"):
            sidecar = await run_in_threadpool(
                _land_from_address, await _read_body(request, settings), settings
            )
        else:
            sidecar = await _land_body(request, settings)
        logger.info("Landed %s by HTTP", sidecar.file_name)
        await run_in_threadpool(on_landed, [sidecar])
        return {"status": "landed", "doc_id": sidecar.doc_id, "address": sidecar.address}

    return app


def run_http_api(app: FastAPI, settings: Settings, stop: threading.Event) -> None:
    """Serve the application at the host and port of the settings until `stop` is set."""
    config = uvicorn.Config(
        app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)

    def end() -> None:
        stop.wait()
        server.should_exit = True

    threading.Thread(target=end, daemon=True).start()
    server.run()


async def _land_body(request: Request, settings: Settings) -> Sidecar:
    """Land the bytes in the body of a request; its parameters are the metadata."""
    given = dict(request.query_params)
    file_name = given.pop("file_name", None)
    if not file_name:
        raise HTTPException(422, "Name the document: /documents?file_name=report.pdf.")
    metadata = _check_metadata(given)
    content = await _read_body(request, settings)
    if not content:
        raise HTTPException(422, "The body is empty: send the bytes of the document in it.")
    fetched = Fetched(content, request.headers.get("content-type"), file_name)
    address = metadata.get("url") or f"{POSTED}{file_name}"
    return await run_in_threadpool(Landing(settings).land_fetched, address, fetched, metadata)


def _check_metadata(given: dict[str, str]) -> dict[str, Any]:
    try:
        return Metadata.model_validate(given).model_dump(mode="json", exclude_none=True)
    except ValidationError as error:
        raise HTTPException(422, _explain(error)) from error


async def _read_body(request: Request, settings: Settings) -> bytes:
    """Return the body; answer 413 as soon as it is larger than a document may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > settings.max_document_bytes:
            raise HTTPException(413, f"A document may have at most {settings.max_document_bytes} bytes.")
    return bytes(body)


def _land_from_address(body: bytes, settings: Settings) -> Sidecar:
    """Fetch and land a document as `quality-warehouse land` does."""
    try:
        posted = PostedAddress.model_validate_json(body)
    except ValidationError as error:
        raise HTTPException(422, _explain(error)) from error
    try:
        sidecars, failures = land([posted.url], settings)
    except QualityWarehouseError as error:
        raise HTTPException(422, str(error)) from error
    for failure in failures:
        raise HTTPException(422 if isinstance(failure, UsageError) else 502, str(failure))
    return sidecars[0]


def _explain(error: ValidationError) -> str:
    faults = (f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in error.errors())
    return f"{'; '.join(faults)}."
