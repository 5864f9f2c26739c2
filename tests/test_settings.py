"""What the environment may say: a wrong value is refused by name, in one sentence, before anything starts."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "learn.engineers.test",
    "DATABASE_URL": "sqlite://:memory:",
}


def run(root: Path, *arguments: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with these variables set on top of nothing (None: left out)."""
    ours = {**GOOD, **variables}
    environment = {name: value for name, value in ours.items() if value is not None}
    # A variable of pytest's keeps settings from reading the .env of whoever runs the tests.
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTEST_VERSION") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "change-me-to-fifty-random-characters-of-your-own"}, "SECRET_KEY is a sample value"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short or too uniform"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too short or too uniform"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is '*'"),
        ({"ALLOWED_HOSTS": "learn.example.org"}, "ALLOWED_HOSTS holds a sample host"),
        ({"DEBUG": "yes"}, "DEBUG is 'yes'; write true or false."),
        ({"DEBUG": "true"}, "DEBUG is true and ALLOWED_HOSTS names 'learn.engineers.test'"),
        ({"HTTPS": "on"}, "HTTPS is 'on'; write true or false."),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL names no database known here"),
        ({"DATABASE_URL": "postgres://u:hush@h:port/n"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "mysql://u:hush@h/n"}, "DATABASE_URL names no database known here"),
        ({"DATABASE_URL": "postgres://u:change-me@h/n"}, "DATABASE_URL holds the sample password"),
        ({"CACHE_URL": "nonsense://hush"}, "CACHE_URL cannot be read"),
        ({"EMAIL_URL": "nonsense://hush"}, "EMAIL_URL cannot be read"),
        ({"EMAIL_URL": "smtp+tls://user:hush@mail.example.org:587"}, "EMAIL_URL names a sample server"),
        ({"GRANIAN_WORKERS": "two"}, "GRANIAN_WORKERS is 'two'; write a whole number."),
        ({"GRANIAN_WORKERS": "2"}, "2 worker processes have no cache in common"),
        ({"STATIC_ROOT": "/nowhere"}, "static files are not collected"),
    ],
)
def test_server_refuses_by_name(root, variables, sentence):
    done = run(root, "-c", "import engineersofai.wsgi", **variables)

    assert done.returncode == 1
    assert done.stderr.startswith(f"EngineersOfAI does not start: {sentence}"), done.stderr
    assert done.stderr.count("\n") == 1
    assert "hush" not in done.stderr


def test_server_starts_with_good_values(root, tmp_path):
    (tmp_path / "staticfiles.json").write_text("{}")

    done = run(root, "-c", "import engineersofai.wsgi", STATIC_ROOT=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def test_command_refuses_by_name_without_traceback(root):
    done = run(root, "manage.py", "check", DEBUG="false", SECRET_KEY=None)

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: SECRET_KEY is missing")


def test_production_settings_pass_the_deployment_checks(root):
    done = run(root, "manage.py", "check", "--deploy", "--fail-level", "WARNING", DEBUG="false")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"GRANIAN_WORKERS": "2"}, "engineersofai.E001"),
        ({"WEB_CONCURRENCY": "4"}, "engineersofai.E001"),
        ({"DEBUG": "true"}, "engineersofai.E002"),
        ({"HTTPS": "false"}, "engineersofai.W001"),
    ],
)
def test_deployment_checks_see_what_does_not_fit(root, variables, code):
    done = run(
        root, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **{"DEBUG": "false", **variables}
    )

    assert done.returncode == 1
    assert code in done.stderr


def show(root: Path, expression: str, **variables: str | None) -> str:
    """Return what an expression over the settings ``s`` gives under these variables."""
    code = f"from django.conf import settings as s; print(({expression}))"
    done = run(root, "-c", code, DJANGO_SETTINGS_MODULE="engineersofai.settings", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_nothing_set_is_development_on_this_machine(root):
    nothing = dict.fromkeys(GOOD)

    found = show(root, "s.DEBUG, s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT", **nothing)

    assert found == "(True, ['localhost', '127.0.0.1', '[::1]'], 'sessionid', False)"


def test_production_cookies_are_bound_to_this_host_over_tls(root):
    found = show(
        root,
        "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LEARNER_COOKIE_NAME, s.SESSION_COOKIE_SECURE",
        DEBUG="false",
    )

    assert found == "('__Host-sessionid', '__Host-csrftoken', '__Host-learner', True)"


def test_secret_key_may_begin_with_a_dollar(root):
    key = "$" + GOOD["SECRET_KEY"]

    assert show(root, "s.SECRET_KEY", SECRET_KEY=key) == key


def test_only_a_serving_process_limits_statements(root):
    url = "postgres://u:p@h/n"
    options = "s.DATABASES['default']['OPTIONS']['options']"

    assert show(root, options, DATABASE_URL=url) == "-c lock_timeout=6000"
    served = show(root, options, DATABASE_URL=url, DEBUG="false", ENGINEERSOFAI_SERVING="true")
    assert served == "-c lock_timeout=6000 -c statement_timeout=8000"


def test_visitors_behind_our_proxy_are_told_apart(root):
    names = "s.SECURE_PROXY_SSL_HEADER, getattr(s, 'ALLAUTH_TRUSTED_PROXY_COUNT', 0)"

    assert show(root, names) == "(None, 0)"
    assert show(root, names, TRUST_PROXY="true") == "(('HTTP_X_FORWARDED_PROTO', 'https'), 1)"
