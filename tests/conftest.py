"""What every test stands on: fast passwords, a cache of its own, and a database as real as the site's."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache


def pytest_configure() -> None:
    """Make hashing cheap, and give every worker of a parallel run a Redis database of its own."""
    # A run in a shell's background inherits an ignored Ctrl-C, and so would commands that tests end by one.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A busy machine is no fault of the code: no single example has a deadline.
    hypothesis.settings.register_profile("any machine", deadline=None)
    hypothesis.settings.load_profile("any machine")
    redis = settings.CACHES["default"]
    if redis["BACKEND"].endswith("RedisCache"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        redis["LOCATION"] = f"{redis['LOCATION'].rsplit('/', 1)[0]}/{worker}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file, as on the site: in memory, threads would share one connection and never meet."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Start with nothing cached: rate limits and finished pages must not leak between tests."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's own folder."""
    return Path(__file__).resolve().parent.parent
