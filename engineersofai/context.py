"""What every page may ask about the request without touching session or token."""

from django.conf import settings
from django.http import HttpRequest

from accounts.identity import is_personal


def site(request: HttpRequest) -> dict[str, object]:
    """Return ``personal`` (a session or learner cookie came along), ``learner``, ``debug``, the site's name.

    The learner is found out when a template asks for more than the name; for a public page that is nobody.
    """
    return {
        "learner": getattr(request, "learner", None),
        "personal": is_personal(request),
        "debug": settings.DEBUG,
        "site_name": settings.SITE_NAME,
        "request_id": getattr(request, "request_id", ""),
    }
