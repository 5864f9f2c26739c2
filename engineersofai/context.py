"""What every page may ask about the request without touching session or token."""

from django.conf import settings
from django.http import HttpRequest

from accounts.identity import is_personal


def site(request: HttpRequest) -> dict[str, object]:
    """Return ``personal`` (a session or learner cookie came along), ``debug`` and the site's name."""
    return {
        "personal": is_personal(request),
        "debug": settings.DEBUG,
        "site_name": settings.SITE_NAME,
        "request_id": getattr(request, "request_id", ""),
    }
