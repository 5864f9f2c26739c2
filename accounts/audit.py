"""One line for each act that somebody may have to account for later: logger ``audit``.

A line names the event, who did it, from where, and the facts, never a secret and never what somebody typed
into a sign-in form: a password lands in the user name's field often enough.
"""

import json
import logging
from typing import Any, Literal

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.http import HttpRequest

from accounts.models import User

logger = logging.getLogger("audit")

Event = Literal[
    "sign-up",
    "sign-in",
    "sign-in-failed",
    "sign-in-slowed",
    "sign-out",
    "password-change",
    "second-factor-change",
    "role-change",
    "merge",
    "merge-declined",
    "import",
    "export",
    "erase",
]


def record(event: Event, *, user: User | None = None, **facts: object) -> None:
    """Write one line about ``user``. Who acts and from where comes from the request being answered, if any.

    ``facts`` are JSON-ready; they stand in the line's text and, for a formatter that wants them, as extras.
    """
    entry: dict[str, Any] = {"user": user.pk if user is not None else None, **_acting(), **facts}
    text = " ".join(f"{key}={json.dumps(value, default=str)}" for key, value in entry.items())
    logger.info("%s %s", event, text, extra={"event": event, **entry})


def _acting() -> dict[str, Any]:
    request: HttpRequest | None = context.request
    if request is None:
        return {"by": "command"}
    by = request.user.pk if request.user.is_authenticated else None
    return {"by": by, "address": get_adapter().get_client_ip(request)}
