"""Finished bytes of public pages: rendered and compressed once a generation, the same for everybody."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

VARY = ("Cookie", "Accept-Encoding", "HX-Request", "HX-Target")
PUBLIC = "public, max-age=60, stale-while-revalidate=60"
PRIVATE = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Finished:
    """One page's bytes, plain and compressed. The ETag is of these bytes, never of a source with its keys."""

    etag: str
    plain: bytes
    gzip: bytes
    brotli: bytes


def finish(content: bytes) -> Finished:
    """Compress a page as far as it goes; some 70 ms, once a generation."""
    return Finished(
        etag=f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
        plain=content,
        gzip=gzip.compress(content, 9, mtime=0),
        brotli=brotli.compress(content, quality=11),
    )


def public_page(request: HttpRequest, generation: int | None, render: Callable[[], bytes]) -> HttpResponse:
    """Answer with the finished page of this generation, made now if need be; 304 when the reader has it.

    A page is known by its address; what follows a question mark must not change it.
    """
    address = hashlib.sha256(request.path.encode()).hexdigest()
    cache_key = f"page:{template_version()}:{generation or 0}:{address}"
    finished: Finished | None = None if settings.DEBUG else cache.get(cache_key)
    if finished is None:
        finished = finish(render())
        cache.set(cache_key, finished, timeout=24 * 3600)
    response = _encoded(request, finished)
    response["ETag"] = finished.etag
    response["Cache-Control"] = PUBLIC
    patch_vary_headers(response, VARY)
    return get_conditional_response(request, etag=finished.etag, response=response) or response


def private_page(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one person's own."""
    response["Cache-Control"] = PRIVATE
    patch_vary_headers(response, VARY)
    return response


def _encoded(request: HttpRequest, finished: Finished) -> HttpResponse:
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    for name, body in (("br", finished.brotli), ("gzip", finished.gzip)):
        if name in accepted:
            response = HttpResponse(body)
            response["Content-Encoding"] = name
            return response
    return HttpResponse(finished.plain)


@lru_cache(maxsize=1)
def template_version() -> str:
    """Return a digest of the templates and of the names of static files: new code makes new pages."""
    digest = hashlib.sha256()
    for path in sorted(Path(settings.BASE_DIR / "templates").rglob("*.html")):
        digest.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        digest.update(manifest.read_bytes())
    return digest.hexdigest()[:16]
