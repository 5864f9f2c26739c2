"""Pages that belong to the site as a whole: its errors, and what browsers and crawlers ask for by name."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

RETRY_AFTER_SECONDS = 15

ROBOTS = """\
User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /progress/
Disallow: /quizzes/
"""
"""Forms and personal pages lead a crawler nowhere."""


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what to leave out."""
    return HttpResponse(ROBOTS, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead whoever asks for the icon by its old name to the icon."""
    return HttpResponseRedirect(static("img/icon.svg"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or stale; the page says how to send it again."""
    return _error(request, 403, "403_csrf.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not do this."""
    return _error(request, 403, as_learner=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, or nowhere for this learner: the two look the same."""
    return _error(request, 404, as_learner=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke: 503 where it was a database or cache out of reach, else 500."""
    if not is_out_of_reach(sys.exc_info()[1]):
        return _error(request, 500)
    response = _error(request, 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_out_of_reach(error: BaseException | None) -> bool:
    """Whether a service is away, locked, full or read-only, and may come back by itself."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    # Redis is optional, so its classes cannot be imported here.
    return isinstance(error, Exception) and type(error).__module__.startswith("redis.")


def _error(
    request: HttpRequest, status: int, template: str = "", *, as_learner: bool = False
) -> HttpResponse:
    """Answer with an error page, or within a page with a message that leaves the page as it was.

    Made from the request's id alone, without session, user or database: whatever else a page needs may
    be the very thing that broke. ``as_learner`` is for answers to requests that went well enough to know
    who asks: the header then says so.
    """
    context = {"status": status, "request_id": getattr(request, "request_id", "")}
    is_part = (
        request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    )
    name = "shared/_failure.html" if is_part else template or f"{status}.html"
    knows_who = as_learner and not is_part and hasattr(request, "user")
    response = HttpResponse(render_to_string(name, context, request if knows_who else None), status=status)
    if is_part:
        response["HX-Retarget"] = "#failure"
        response["HX-Reswap"] = "innerHTML"
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response
