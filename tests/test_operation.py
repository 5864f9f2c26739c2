"""How the site answers as a whole: headers everywhere, its own errors, health, logs without secrets."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from engineersofai import health, logs
from engineersofai import urls as site


class RedisGone(Exception):
    """Stands for redis-py's own errors, which are known by their module."""


RedisGone.__module__ = "redis.exceptions"

FAULTS: dict[str, Exception] = {
    "bug": ValueError("postgres://u:hush@h/n"),
    "locked": OperationalError("database is locked"),
    "cut-off": InterfaceError("connection already closed"),
    "redis": RedisGone("refused"),
    "bad": BadRequest("malformed"),
    "denied": PermissionDenied("hush"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    raise FAULTS[kind]


def note(request: HttpRequest) -> HttpResponse:
    request.session["noted"] = True
    return HttpResponse("noted")


handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)
urlpatterns = [path("fail/<str:kind>/", fail), path("note/", note), *site.urlpatterns]


@pytest.fixture
def visitor() -> Client:
    """Visit as a browser does: an error is a page, and a form needs its token."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


EVERYWHERE = {
    "Content-Security-Policy": "script-src 'self'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/healthz", 200),
        ("get", "/favicon.ico", 302),
        ("get", "/admin/", 302),
        ("get", "/accounts/login/", 200),
        ("post", "/accounts/login/", 403),
        ("get", "/no-such-page/", 404),
        ("get", "/static/css/site.css", 200),
        ("get", "/fail/bad/", 400),
        ("get", "/fail/denied/", 403),
        ("get", "/fail/bug/", 500),
        ("get", "/fail/locked/", 503),
    ],
)
def test_every_answer_carries_the_security_headers(visitor, settings, method, address, status):
    settings.WHITENOISE_USE_FINDERS = True

    response = getattr(visitor, method)(address)

    assert response.status_code == status
    for name, part in EVERYWHERE.items():
        assert part in response.get(name, ""), f"{name} is {response.get(name)!r}"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("kind", "status"),
    [("bad", 400), ("denied", 403), ("bug", 500), ("locked", 503), ("cut-off", 503), ("redis", 503)],
)
def test_error_page_is_ours_and_names_only_the_request(visitor, kind, status):
    """No database is available to this test, so the page cannot have asked it."""
    response = visitor.get(f"/fail/{kind}/")

    page = response.content.decode()
    assert response.status_code == status
    assert '<main id="main"' in page
    assert response["X-Request-ID"] in page
    assert response["Cache-Control"] == "no-store"
    for secret in ("hush", "Traceback", "Django", "ValueError", __file__):
        assert secret not in page


@pytest.mark.urls(__name__)
def test_database_out_of_reach_says_when_to_come_back(visitor):
    response = visitor.get("/fail/locked/")

    assert (response.status_code, response["Retry-After"]) == (503, "15")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("kind", "status"), [("bug", 500), ("locked", 503), ("denied", 403)])
def test_error_within_a_page_leaves_the_page_as_it_was(visitor, kind, status):
    response = visitor.get(f"/fail/{kind}/", headers={"HX-Request": "true", "HX-Target": "div#results"})

    assert response.status_code == status
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#failure", "innerHTML")
    assert b"<html" not in response.content
    assert "HX-Request" in response["Vary"]


def test_forged_token_is_refused_with_a_page_that_helps(visitor):
    response = visitor.post("/accounts/login/", {"login": "ada", "password": "hush"})

    assert response.status_code == 403
    assert b"The form was not sent" in response.content
    assert b"hush" not in response.content


def test_host_that_is_not_ours_is_refused(visitor):
    assert visitor.get("/learn/", headers={"Host": "elsewhere.test"}).status_code == 400


@pytest.mark.parametrize("address", ["/learn/%00/", "/quizzes/a%00b/", "/admin/%00/", "/%00"])
def test_address_with_a_nul_leads_nowhere(visitor, address):
    """No database is available to this test: the address is not looked for in one."""
    assert visitor.get(address).status_code == 404


@pytest.mark.django_db
def test_cookie_with_a_nul_is_no_cookie(visitor, settings):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "aaaaaaaa\0aaaaaaaa"

    assert "public" in visitor.get("/learn/")["Cache-Control"]


# --- Sessions ---------------------------------------------------------------------------------------


@pytest.fixture
def with_session(settings) -> Client:
    """Visit with a session that exists already."""
    client = Client(raise_request_exception=False)
    session = client.session
    session["begun"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_session_that_cannot_be_stored_keeps_nobody_from_reading(with_session, monkeypatch, caplog):
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(Session, "save", refuse)

    read, written = with_session.get("/note/"), with_session.post("/note/")

    assert (read.status_code, read.content) == (200, b"noted")
    assert "a session could not be stored: attempt to write a readonly database" in caplog.text
    assert (written.status_code, written["Retry-After"]) == (503, "15")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_session_that_was_ended_meanwhile_is_not_stored_again(with_session, monkeypatch):
    def ended(*args: object, **kwargs: object) -> None:
        raise DatabaseError("Forced update did not affect any rows.")

    monkeypatch.setattr(Session, "save", ended)

    assert with_session.get("/note/").status_code == 400


# --- Request ids ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trusted", "given", "kept"),
    [
        (True, "proxy-7f3a9c21", True),
        (False, "proxy-7f3a9c21", False),
        (True, "short", False),
        (True, "a" * 65, False),
        (True, "<script>alert(1)", False),
    ],
)
def test_request_id_of_our_own_proxy_is_kept(client, settings, trusted, given, kept):
    settings.TRUST_PROXY = trusted

    response = client.get("/healthz", headers={"X-Request-ID": given})

    assert (response["X-Request-ID"] == given) is kept


# --- Health ---------------------------------------------------------------------------------------


def test_healthz_asks_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_is_ready_when_database_cache_and_migrations_are(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ready\n")
    assert not response.cookies


def test_readyz_without_database_is_not_ready_and_tells_nothing_else(client):
    """Pytest blocks the database here with an error of its own, as unforeseen as any driver's."""
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.mark.django_db
def test_readyz_with_a_pending_migration_is_not_ready(client, caplog):
    newest = {name for app, name in health._newest_migrations() if app == "accounts"}
    for name in newest:
        MigrationRecorder(connection).record_unapplied("accounts", name)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"not ready\n")
    assert "migrations are pending: accounts." in caplog.text


@pytest.mark.django_db
def test_readyz_with_a_cache_that_forgets_is_not_ready(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert client.get("/readyz").status_code == 503


def test_health_needs_no_tls_but_pages_do(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/learn/").status_code == 301


# --- What browsers and crawlers ask for by name -----------------------------------------------------


def test_robots_are_kept_out_of_personal_pages(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /accounts/" in response.content.decode()


def test_icon_is_found_by_its_old_name(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/icon.svg"


# --- Logs -------------------------------------------------------------------------------------------


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/fail/bug/", "/fail/denied/", "/no-such-page/"])
def test_failure_is_logged_under_the_request_it_belongs_to(visitor, caplog, address):
    caplog.handler.addFilter(logs.RequestIdFilter())

    response = visitor.get(address)

    ids = {getattr(record, "request_id", "") for record in caplog.records if record.name == "django.request"}
    assert ids == {response["X-Request-ID"]}
