"""Accounts and guests of browser tests."""

from http.cookies import SimpleCookie
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from playwright.sync_api import BrowserContext, Page

from accounts.identity import set_guest_cookie
from accounts.models import Learner, User

PASSWORD = "staircase-of-nine-steps"


def make_account(username: str = "ines") -> User:
    """Make an account that can sign in with ``PASSWORD``."""
    return User.objects.create_user(username, password=PASSWORD)


def make_instructor(username: str = "omar") -> User:
    """Make an account that may look into the admin."""
    user = make_account(username)
    call_command("makeinstructor", username, verbosity=0)
    user.refresh_from_db()
    return user


def remember_guest(context: BrowserContext, learner: Learner, url: str) -> None:
    """Put a guest's cookie into a browser."""
    response = HttpResponse()
    set_guest_cookie(response, learner)
    put_cookies(context, url, response.cookies)


def put_cookies(context: BrowserContext, url: str, cookies: SimpleCookie) -> None:
    """Put cookies into a browser, with that of the form token: whoever has a name here has sent a form."""
    request = HttpRequest()
    get_token(request)
    values = {name: morsel.value for name, morsel in cookies.items()}
    values[settings.CSRF_COOKIE_NAME] = request.META["CSRF_COOKIE"]
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in values.items()])


def end_session(context: BrowserContext) -> None:
    """End a browser's session on the server, as signing out everywhere else does."""
    keys = {cookie.get("name"): cookie.get("value") for cookie in context.cookies()}
    import_module(settings.SESSION_ENGINE).SessionStore(keys[settings.SESSION_COOKIE_NAME]).delete()


def sign_up(page: Page, username: str = "ines") -> None:
    """Fill the sign-up form, which is open, and send it."""
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()


def sign_in_by_form(page: Page, username: str = "ines") -> None:
    """Fill the sign-in form, which is open, and send it."""
    page.get_by_label("Username or email").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
