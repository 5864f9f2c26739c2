"""What every request gets first and every answer last, whoever gives it."""

import logging
import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse

from engineersofai import logs
from engineersofai.views import is_out_of_reach

logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
"""A course needs none of these, so no script that slips in gets them."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware:
    """Names the request, for logs and error pages, and adds headers that Django has no setting for.

    It stands first, so that files, redirects and errors of every other middleware pass through it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its id."""
        name = _request_id(request)
        request.request_id = name  # type: ignore[attr-defined]
        token = logs.request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-ID"] = name
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class NoNulMiddleware:
    """Answers 404 to an address that holds a NUL, and leaves out cookies that do.

    None of ours does, and PostgreSQL looks for none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if "\0" in request.path_info:
            raise Http404
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class LenientSessionMiddleware(SessionMiddleware):
    """Django's, but a session that cannot be stored just now is not taken for one that was ended elsewhere.

    What was only read is answered all the same, though a message on it may come a second time; anything else
    is told that the database is out of reach (503).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store the session and set its cookie, where it changed."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            error: BaseException | None = interrupted
            while error is not None and not is_out_of_reach(error):
                error = error.__context__
            if error is None:
                raise
            if request.method not in {"GET", "HEAD"}:
                raise error from None
            logger.warning("a session could not be stored: %s", error)
            return response


def _request_id(request: HttpRequest) -> str:
    """Return the id that our proxy gave, so that both logs agree, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    if settings.TRUST_PROXY and _REQUEST_ID.fullmatch(given):
        return given
    return uuid.uuid4().hex
