"""Finished bytes of public pages: rendered and compressed once a generation, the same for everybody."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from lessons.generation import current_generation

VARY = ("Cookie", "Accept-Encoding", "HX-Request", "HX-Target")
PUBLIC = "public, max-age=60, stale-while-revalidate=60"
PRIVATE = "private, no-cache"

_REFUSED = re.compile(r"q\s*=\s*0(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Finished:
    """One page's bytes, plain and compressed. The ETag is of these bytes, never of a source with its keys."""

    generation: int
    etag: str
    plain: bytes
    gzip: bytes
    brotli: bytes


def finish(content: bytes, generation: int) -> Finished:
    """Compress a page as far as it goes; some 70 ms, once a generation."""
    return Finished(
        generation=generation,
        etag=f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
        plain=content,
        gzip=gzip.compress(content, 9, mtime=0),
        brotli=brotli.compress(content, quality=11),
    )


def finished_page(request: HttpRequest) -> HttpResponse | None:
    """Answer with the finished page kept for this address, if it is of today's generation.

    One narrow query, and none where nothing is kept: then the caller's own query for the page is the first.
    """
    kept: Finished | None = None if settings.DEBUG else cache.get(_key(request))
    if kept is None or kept.generation != current_generation():
        return None
    return _respond(request, kept)


def public_page(request: HttpRequest, generation: int | None, render: Callable[[], bytes]) -> HttpResponse:
    """Make the finished page of this generation, keep it and answer with it; 304 when the reader has it.

    A page is known by its address; what follows a question mark must not change it.
    """
    finished = finish(render(), generation or 0)
    cache.set(_key(request), finished, timeout=24 * 3600)
    return _respond(request, finished)


def _key(request: HttpRequest) -> str:
    return f"page:{template_version()}:{hashlib.sha256(request.path.encode()).hexdigest()}"


def _respond(request: HttpRequest, finished: Finished) -> HttpResponse:
    response = _encoded(request, finished)
    response["ETag"] = finished.etag
    # An author who follows a link back wants to see what was loaded a moment ago.
    response["Cache-Control"] = "no-cache" if settings.DEBUG else PUBLIC
    patch_vary_headers(response, VARY)
    return get_conditional_response(request, etag=finished.etag, response=response) or response


def private_page(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one person's own."""
    response["Cache-Control"] = PRIVATE
    patch_vary_headers(response, VARY)
    return response


def _encoded(request: HttpRequest, finished: Finished) -> HttpResponse:
    parts = [part.partition(";") for part in request.headers.get("Accept-Encoding", "").lower().split(",")]
    accepted = {name.strip() for name, _sign, weight in parts if not _REFUSED.fullmatch(weight.strip())}
    for name, body in (("br", finished.brotli), ("gzip", finished.gzip)):
        if name in accepted:
            response = HttpResponse(body)
            response["Content-Encoding"] = name
            return response
    return HttpResponse(finished.plain)


@lru_cache(maxsize=1)
def template_version() -> str:
    """Return a digest of code, templates and names of static files: new code makes new pages."""
    digest = hashlib.sha256()
    sources = [*Path(settings.BASE_DIR / "templates").rglob("*.html")]
    for app in ("accounts", "catalog", "engineersofai", "lessons", "progress", "quizzes"):
        sources += Path(settings.BASE_DIR / app).rglob("*.py")
    for path in sorted(sources):
        digest.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        digest.update(manifest.read_bytes())
    return digest.hexdigest()[:16]
