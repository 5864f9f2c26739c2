"""Log lines: plain text in development, one JSON object a line in production, no secret in either.

Every line carries the id of the request it belongs to; the same id stands in the ``X-Request-ID`` header
and on error pages. The logger ``audit`` takes what an operator may have to prove later: sign-in, role
change, merge, import, export. Give it facts as ``extra``: ``audit.info("signed in", extra={"user": 7})``.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers; empty between requests and in commands."""

_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request_id"}
_NOT_LOGGED = frozenset({"request", "response", "exc", "server_time"})
"""Objects that Django attaches; their text would repeat query strings and form fields."""

_SECRETS = [
    # Whoever reads the key of a reset or confirmation address can use it.
    (re.compile(r"(/(?:password/reset/key|confirm-email)/)[^/\s'\"]+"), r"\1…"),
    (re.compile(r"(\w://[^/@\s:]*:)[^/@\s]+@"), r"\1…@"),
]


def redact(text: str) -> str:
    """Return the text without keys in addresses and without passwords in connection URLs."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class RequestIdFilter(logging.Filter):
    """Puts the current request's id on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add ``request_id``; let every record through."""
        # Django reports a 4xx after every middleware is done, with the request attached.
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "request_id", "") or request_id.get()
        return True


class NoCommandsFilter(logging.Filter):
    """Leaves out what the audit says of a command: whoever ran it is at the terminal and reads its report."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let everything else through."""
        return not (record.name == "audit" and getattr(record, "by", None) == "command")


class TextFormatter(logging.Formatter):
    """A readable line, redacted."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text."""
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, then the record's extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage()),
        }
        if current := getattr(record, "request_id", ""):
            line["request_id"] = current
        for key, value in vars(record).items():
            if key not in _OWN_FIELDS and key not in _NOT_LOGGED:
                line[key] = value if isinstance(value, bool | int | float | None) else redact(str(value))
        if record.exc_info:
            line["exception"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def configuration(*, as_json: bool) -> dict[str, Any]:
    """Return the ``LOGGING`` setting: to standard error, as JSON lines or as text."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}, "no_commands": {"()": NoCommandsFilter}},
        "formatters": {
            "json": {"()": JsonFormatter},
            "text": {"()": TextFormatter, "format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["request_id"] if as_json else ["request_id", "no_commands"],
                "formatter": "json" if as_json else "text",
            },
        },
        "root": {"handlers": ["stderr"], "level": "INFO" if as_json else "WARNING"},
        "loggers": {
            # Without handlers of its own: Django's would mail errors to nobody and print them a second time.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "audit": {"level": "INFO"},
        },
    }
