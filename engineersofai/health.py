"""Two addresses for whoever watches the site. Both tell yes or no and nothing else."""

import logging
from functools import cache

from django.core.cache import cache as site_cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks no database, so a slow one does not get the process killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve learners: 200, or 503 with the reason in the log only."""
    try:
        reason = _why_not_ready()
    except Exception as error:  # whatever a driver raises means the same here: not ready
        reason = f"{type(error).__name__}: {error}"
    if reason:
        logger.warning("not ready: %s", reason)
        return HttpResponse("not ready\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


def _why_not_ready() -> str:
    """Return what is missing, or an empty text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    missing = _newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        return "migrations are pending: " + ", ".join(sorted(f"{app}.{name}" for app, name in missing))
    site_cache.set("readyz", "written", timeout=60)
    if site_cache.get("readyz") != "written":
        return "the cache forgets what was written to it"
    return ""


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    """Return the last migration of every app, read from disk once per process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())
