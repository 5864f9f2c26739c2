"""Reads settings from the environment and refuses, by name, what cannot be right.

Nothing set is development on this machine. ``wsgi.py`` is production: there a missing or sample
value stops start-up with one sentence that names it. Every function here raises
``ImproperlyConfigured`` with such a sentence; no message repeats a secret.
"""

import os
import secrets
import warnings
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

SAMPLES = ("change-me", "changeme", "example", "insecure", "secret")
"""Words that show a value was copied from a sample file."""

MIN_SECRET_KEY_LENGTH = 40

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names by which a machine calls itself."""


def is_serving() -> bool:
    """Whether this process answers requests: ``wsgi.py`` leaves a mark before settings load."""
    return os.environ.get(SERVING_MARK) == "true"


SERVING_MARK = "ENGINEERSOFAI_SERVING"


def read_bool(env: environ.Env, name: str, default: bool) -> bool:
    """Return the variable as a boolean; anything but true or false is refused by name."""
    value = env.str(name, default="").strip().lower()
    if not value:
        return default
    if value in {"true", "1"}:
        return True
    if value in {"false", "0"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")


def read_int(env: environ.Env, name: str, default: int) -> int:
    """Return the variable as a whole number; anything else is refused by name."""
    value = env.str(name, default="").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def secret_key(env: environ.Env, *, debug: bool, base_dir: Path) -> str:
    """Return ``SECRET_KEY``; in development make one and keep it in an ignored file."""
    value: str = env.ENVIRON.get("SECRET_KEY", "")  # env.str takes a leading "$" for another name
    if value:
        if not debug:
            _refuse_weak_key(value)
        return value
    if not debug:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing; set it to a long random text "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))')."
        )
    return _development_key(base_dir / ".secret-key")


def _refuse_weak_key(value: str) -> None:
    if any(sample in value.lower() for sample in SAMPLES):
        raise ImproperlyConfigured("SECRET_KEY is a sample value; set it to a long random text of your own.")
    if len(value) < MIN_SECRET_KEY_LENGTH or len(set(value)) < 10:
        raise ImproperlyConfigured(
            f"SECRET_KEY is too short or too uniform; use at least {MIN_SECRET_KEY_LENGTH} random characters."
        )


def _development_key(path: Path) -> str:
    """Return the key kept in ``path``; two processes that start at once agree on one."""
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        path.chmod(0o600)
    except FileExistsError:
        pass
    except OSError:
        return secrets.token_urlsafe(50)  # a read-only checkout: sessions last as long as the process
    return path.read_text(encoding="ascii").strip() or secrets.token_urlsafe(50)


def allowed_hosts(env: environ.Env, *, debug: bool) -> list[str]:
    """Return ``ALLOWED_HOSTS``; development answers on this machine only."""
    hosts: list[str] = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
    if debug:
        return hosts or list(LOCAL_HOSTS)
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is missing; name the hosts of this site, comma-separated.")
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is '*', which lets any host through; name the hosts.")
    if any("example" in host for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS holds a sample host; name the hosts of this site.")
    return hosts


def database(env: environ.Env, base_dir: Path, *, debug: bool, serving: bool) -> dict[str, Any]:
    """Return the settings of the default database, tuned for its engine.

    ``serving``: the process answers requests, so no statement may keep a learner waiting. Commands such as
    ``migrate`` take the time they need.
    """
    url: str = env.str("DATABASE_URL", default="")
    if not debug and "change-me" in url:
        raise ImproperlyConfigured("DATABASE_URL holds the sample password; write the one of your database.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # environ's warning of an unknown engine repeats the password
            config: dict[str, Any] = env.db_url(
                "DATABASE_URL", default=f"sqlite:///{base_dir / 'db.sqlite3'}"
            )
    except Exception:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read; {_DATABASE_FORMS}") from None
    engine = config.get("ENGINE", "")
    if engine == "django.db.backends.sqlite3":
        config["OPTIONS"] = dict(_SQLITE_OPTIONS)
        config["CONN_MAX_AGE"] = 60  # seconds; a connection costs more than the query of a lesson page
    elif engine == "django.db.backends.postgresql":
        config["OPTIONS"] = {**_POSTGRES_OPTIONS, **config.get("OPTIONS", {})}
        if serving:
            config["OPTIONS"]["options"] += " -c statement_timeout=8000"
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured(f"DATABASE_URL names no database known here; {_DATABASE_FORMS}")
    return config


_DATABASE_FORMS = "write sqlite:////path/db.sqlite3 or postgres://user:password@host/name."

_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
    ),
}
"""Readers never wait for the writer; a second writer waits up to 20 s instead of failing at once."""

_POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 4, "timeout": 3},
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    "options": "-c lock_timeout=6000",
}
"""A database that is cut off gives a 503 in seconds instead of a request that hangs."""


def cache(env: environ.Env) -> dict[str, Any]:
    """Return the settings of the default cache: ``CACHE_URL``, or the process's own memory."""
    url: str = env.str("CACHE_URL", default="")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    try:
        config: dict[str, Any] = env.cache_url("CACHE_URL")
    except Exception:
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read; write redis://host:6379/0 or leave it out."
        ) from None
    if config["BACKEND"].endswith("RedisCache"):
        # Without these a cut-off Redis holds every request for as long as TCP does.
        config["OPTIONS"] = {"socket_connect_timeout": 2, "socket_timeout": 2, **config.get("OPTIONS", {})}
    return config


def email(env: environ.Env) -> dict[str, Any]:
    """Return Django's mail settings from ``EMAIL_URL``; empty when no mail is set."""
    if not env.str("EMAIL_URL", default=""):
        return {}
    try:
        config: dict[str, Any] = env.email_url("EMAIL_URL")
    except Exception:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; write smtp+tls://user:password@host:587."
        ) from None
    if "example" in config.get("EMAIL_HOST", ""):
        raise ImproperlyConfigured("EMAIL_URL names a sample server; write your own, or leave it out.")
    return config
