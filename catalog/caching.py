"""How long answers of the catalog may be kept, by whom, and how a repeated question is answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from accounts.identity import is_personal

_GZIP = GZipMiddleware(lambda request: HttpResponse())

PUBLIC = "public, max-age=60, stale-while-revalidate=60"
PERSONAL = "private, no-cache"


def shared_page(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Let caches share a page among strangers; a page with someone's name in its header stays with them."""
    patch_vary_headers(response, ["Cookie", "HX-Request", "HX-Target"])
    if is_personal(request):
        response["Cache-Control"] = PERSONAL
        return response
    return _answer_once(request, response, PUBLIC)


def shared_data(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Let caches share data that is the same for everyone."""
    return _answer_once(request, response, "public, max-age=60")


def _answer_once(request: HttpRequest, response: HttpResponse, policy: str) -> HttpResponseBase:
    """Set policy and ETag; answer 304 where the asker holds the same bytes already."""
    response["Cache-Control"] = policy
    set_response_etag(response)
    answer = get_conditional_response(request, response["ETag"], None, response) or response
    # Only what is the same for everybody is compressed: it holds no secret that its length could tell.
    return _GZIP.process_response(request, answer)


def wants(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for the fragment with this id, and not for a page to restore from history.

    The header names the target as ``section#results``.
    """
    return (
        request.headers.get("HX-Target", "").rpartition("#")[2] == target and "HX-Request" in request.headers
    )
