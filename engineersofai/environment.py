"""Reads settings from the environment and refuses, by name, what cannot be right.

Nothing set is development on this machine. ``wsgi.py`` is production: there a missing or sample
value stops start-up with one sentence that names it.
"""

import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

SAMPLES = ("change-me", "changeme", "example", "insecure", "secret")
"""Words that show a value was copied from a sample file."""

MIN_SECRET_KEY_LENGTH = 40


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
    value: str = env.str("SECRET_KEY", default="")
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
        return hosts or ["localhost", "127.0.0.1", "[::1]"]
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is missing; name the hosts of this site, comma-separated.")
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is '*', which lets any host through; name the hosts.")
    if any("example" in host for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS holds a sample host; name the hosts of this site.")
    return hosts


def database(env: environ.Env, base_dir: Path) -> dict[str, Any]:
    """Return the settings of the default database, tuned for its engine."""
    try:
        config: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{base_dir / 'db.sqlite3'}")
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; write sqlite:////path/db.sqlite3 or postgres://user:pass@host/name."
        ) from error
    if not config.get("ENGINE"):
        raise ImproperlyConfigured("DATABASE_URL names no known database; use sqlite: or postgres:.")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = _SQLITE_OPTIONS
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {**_POSTGRES_OPTIONS, **config.get("OPTIONS", {})}
        config["CONN_HEALTH_CHECKS"] = True
    return config


_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;"
    ),
}
"""Readers never wait for the writer; a second writer waits up to 20 s instead of failing at once."""

_POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 4, "timeout": 5},
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    "options": "-c statement_timeout=8000 -c lock_timeout=6000",
}
"""A database that is cut off gives a 503 in seconds instead of a request that hangs."""


def cache(env: environ.Env) -> dict[str, Any]:
    """Return the settings of the default cache: ``CACHE_URL``, or the process's own memory."""
    url: str = env.str("CACHE_URL", default="")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    try:
        config: dict[str, Any] = env.cache_url("CACHE_URL")
    except Exception as error:
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read; write redis://host:6379/0 or leave it out."
        ) from error
    return config


def email(env: environ.Env) -> dict[str, Any]:
    """Return Django's mail settings from ``EMAIL_URL``; empty when no mail is set."""
    if not env.str("EMAIL_URL", default=""):
        return {}
    try:
        config: dict[str, Any] = env.email_url("EMAIL_URL")
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; write smtp+tls://user:password@host:587."
        ) from error
    return config
