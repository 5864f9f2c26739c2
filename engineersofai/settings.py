"""All settings. What differs by host comes from the environment; `.env.example` lists every variable."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from engineersofai import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# Tests say what they need: a developer's own .env must not change what they prove.
if (BASE_DIR / ".env").is_file() and "PYTEST_VERSION" not in os.environ:
    env.read_env(str(BASE_DIR / ".env"))

SERVING = environment.is_serving()
DEBUG = environment.read_bool(env, "DEBUG", default=not SERVING)
SECRET_KEY = environment.secret_key(env, debug=DEBUG, base_dir=BASE_DIR)
ALLOWED_HOSTS = environment.allowed_hosts(env, debug=DEBUG)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- What the site is made of -------------------------------------------------------------------

INSTALLED_APPS = [
    "engineersofai",
    "progress",
    "quizzes",
    "lessons",
    "catalog",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # The first four give their headers to every answer, files and errors of the others included.
    "engineersofai.middleware.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "engineersofai.middleware.NoNulMiddleware",
    "engineersofai.middleware.LenientSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LearnerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "engineersofai.urls"
WSGI_APPLICATION = "engineersofai.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "engineersofai.context.site",
            ],
        },
    },
]

# --- Where things are kept ----------------------------------------------------------------------

DATABASES = {"default": environment.database(env, BASE_DIR, debug=DEBUG, serving=SERVING)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": environment.cache(env)}

WORKER_PROCESSES = max(
    environment.read_int(env, "GRANIAN_WORKERS", default=1),
    environment.read_int(env, "WEB_CONCURRENCY", default=1),
)
"""How many processes answer requests, as the server in front of them was told; several need `CACHE_URL`."""

CONTENT_DIR = Path(env.str("CONTENT_DIR", default=str(BASE_DIR / "content")))
"""The content root that ``manage.py loadlessons`` reads when it is given none."""

CONTENT_HOSTS = env.list("CONTENT_HOSTS", default=[])
"""Hosts whose images lessons may show; empty means none but our own."""

# --- Pages --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

SITE_NAME = "EngineersOfAI"

# --- Accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "progress:home"
LOGOUT_REDIRECT_URL = "progress:home"

MAIL = environment.email(env)
MAIL_IS_SET = bool(MAIL)
EMAIL_BACKEND = MAIL.get(
    "EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.dummy.EmailBackend",
)
for _name in (
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_HOST_USER",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
):
    if _name in MAIL:
        globals()[_name] = MAIL[_name]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="EngineersOfAI <noreply@localhost>")

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*" if MAIL_IS_SET else "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_IS_SET else "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = MAIL_IS_SET
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, and nowhere else
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
# A class of 60 behind one address signs up and signs in within a minute; guessing one account stays slow.
ACCOUNT_RATE_LIMITS = {
    "signup": "120/m/ip",
    "login": "180/m/ip",
    "login_failed": "150/m/ip,5/5m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
    "confirm_email": "1/3m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False

INSTRUCTORS_MAY = {
    "view": ["catalog", "lessons", "quizzes", "progress", "accounts.learner"],
    "change": ["lessons.sourcefile"],
}
"""What the group *Instructors* may do in the admin: by action, whole apps or single models."""

# --- Sessions and cookies -----------------------------------------------------------------------

HTTPS = environment.read_bool(env, "HTTPS", default=not DEBUG)
"""False only where no TLS stands in front, as for `make serve` on this machine."""

_COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if env.str("CACHE_URL", default="")
    else "django.contrib.sessions.backends.db"
)
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "engineersofai.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LEARNER_COOKIE_NAME = f"{_COOKIE_PREFIX}learner"
LEARNER_COOKIE_AGE = 180 * 24 * 3600

# --- Security headers ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
TRUST_PROXY = environment.read_bool(env, "TRUST_PROXY", default=False)
"""One proxy of ours stands in front, sets X-Forwarded-Proto and appends the visitor to X-Forwarded-For."""

if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all visitors would share the rate limits of the proxy's address
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *CONTENT_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 0

LANGUAGES = [("en", _("English"))]

# --- Logs ---------------------------------------------------------------------------------------

LOGGING = logs.configuration(as_json=not DEBUG)
