"""Log lines: one object each in production, readable text in development, no secret in either."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest

from accounts import audit
from engineersofai import logs


def as_json(message: str, *args: object, exc_info: bool = False, **extra: object) -> dict[str, object]:
    """Return what the production formatter makes of a record."""
    info = sys.exc_info() if exc_info else None
    record = logging.getLogger("audit").makeRecord(
        "audit", logging.INFO, "file.py", 1, message, args, info, extra=extra
    )
    logs.RequestIdFilter().filter(record)
    line = logs.JsonFormatter().format(record)
    assert "\n" not in line
    return dict(json.loads(line))


def test_log_line_is_one_object_with_its_facts():
    token = logs.request_id.set("0123456789abcdef")
    try:
        line = as_json("signed in\nwith %s", "a key", user=7, role="instructor")
    finally:
        logs.request_id.reset(token)

    assert line.pop("time")
    assert line == {
        "level": "INFO",
        "logger": "audit",
        "message": "signed in\nwith a key",
        "request_id": "0123456789abcdef",
        "user": 7,
        "role": "instructor",
    }


def test_log_keeps_no_secret():
    request = HttpRequest()
    request.path = "/x/?token=hush"
    try:
        raise OperationalError("postgres://ada:hush@db/site")
    except OperationalError:
        line = as_json(
            "Not Found: %s",
            "/accounts/password/reset/key/3-hush/",
            exc_info=True,
            request=request,
            url="redis://:hush@cache:6379/0",
            link="/accounts/confirm-email/hush/",
        )

    assert "hush" not in json.dumps(line)
    assert "Traceback" in str(line["exception"])
    assert line["message"] == "Not Found: /accounts/password/reset/key/…/"


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Log as a site does, to a buffer: in production when the parameter says so, else in development."""
    configuration = logs.configuration(as_json=request.param)
    buffer = configuration["handlers"]["stderr"]["stream"] = io.StringIO()
    logging.config.dictConfig(configuration)
    yield buffer
    logging.config.dictConfig(settings.LOGGING)


@pytest.mark.parametrize("log", [True], indirect=True)
def test_production_audits_what_commands_do(log: io.StringIO) -> None:
    audit.record("import", changes=3)

    line = json.loads(log.getvalue())
    assert (line["logger"], line["event"], line["by"], line["changes"]) == ("audit", "import", "command", 3)


@pytest.mark.parametrize("log", [False], indirect=True)
def test_nothing_stands_between_an_author_and_the_report_of_a_command(log: io.StringIO) -> None:
    audit.record("import", changes=3)
    logging.getLogger("audit").info("sign-in", extra={"by": 7})

    assert log.getvalue() == "INFO audit: sign-in\n"
