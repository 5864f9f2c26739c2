"""What must hold before strangers are let in: ``check --deploy`` reports it, ``wsgi.py`` insists on it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.exceptions import ImproperlyConfigured

from engineersofai.environment import LOCAL_HOSTS


def check_operation(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Report settings that fit one process on one machine but not the site they are used for."""
    found: list[CheckMessage] = []
    public_hosts = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
    if settings.WORKER_PROCESSES > 1 and settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        found.append(
            Error(
                f"{settings.WORKER_PROCESSES} worker processes have no cache in common, "
                "so rate limits would count for each apart",
                hint="set CACHE_URL to a Redis, or GRANIAN_WORKERS to 1.",
                id="engineersofai.E001",
            )
        )
    if settings.DEBUG and public_hosts:
        found.append(
            Error(
                f"DEBUG is true and ALLOWED_HOSTS names {public_hosts[0]!r}, "
                "so visitors would see settings and source code",
                hint="set DEBUG to false, or ALLOWED_HOSTS to this machine only.",
                id="engineersofai.E002",
            )
        )
    if not settings.DEBUG and not settings.HTTPS and public_hosts:
        found.append(
            Warning(
                f"HTTPS is false and ALLOWED_HOSTS names {public_hosts[0]!r}, "
                "so passwords travel in clear text",
                hint="put TLS in front and leave HTTPS out.",
                id="engineersofai.W001",
            )
        )
    return found


def refuse_unfit_start() -> None:
    """Raise ``ImproperlyConfigured`` for the first error that ``check_operation`` or the disk shows."""
    for message in check_operation():
        if message.is_serious():
            raise ImproperlyConfigured(f"{message.msg}; {message.hint}")
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        raise ImproperlyConfigured("static files are not collected; run `manage.py collectstatic --noinput`.")
