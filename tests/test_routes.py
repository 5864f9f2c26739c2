"""Who may see what: one row for every address of the site, made from its own list of addresses.

A new address without a row fails here, and so does a row whose address is gone. What may look alike to
those who may not see it does: somebody else's attempt and one that never was are both 404.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.identity import set_guest_cookie
from accounts.instructors import appoint
from accounts.models import Learner, User
from quizzes.models import Attempt, Quiz
from tests.catalog.builders import make_checkpoint, make_license
from tests.trees import load, write_tree

ROLES = ("stranger", "guest", "learner", "classmate", "instructor", "superuser")


def all_get(status: int) -> tuple[int, ...]:
    """Return a row in which every role gets the same."""
    return (status,) * len(ROLES)


PUBLIC = all_get(200)
TOKEN_ONLY = all_get(302)  # without what the mail or the step before gave, a way back
SIGNED_IN = (302, 302, 200, 200, 200, 200)
ASKED_AGAIN = all_get(302)  # for the password, though signed in: it was not typed just now
NOT_SET_UP = (302, 302, 404, 404, 404, 404)  # nobody here has a second factor
SIGNED_OUT = (200, 200, 302, 302, 302, 302)

ROUTES: dict[str, tuple[int, ...]] = {
    # stranger, guest, learner, classmate, instructor, superuser
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "robots": PUBLIC,
    "favicon": all_get(302),
    "progress:home": PUBLIC,
    "progress:dashboard": PUBLIC,
    "progress:lesson": PUBLIC,
    "progress:position": (204, 200, 200, 200, 200, 200),  # the token to tell it with; a stranger needs none
    "lessons:track_list": PUBLIC,
    "lessons:page": PUBLIC,
    "asset": all_get(404),  # the small course shows no file
    "glossary": PUBLIC,
    "styleguide": all_get(404),  # for developers, while DEBUG is on
    "error_sample": all_get(404),
    "generation": all_get(404),
    "catalog:checkpoint_list": PUBLIC,
    "catalog:checkpoint_detail": PUBLIC,
    "catalog:family_detail": PUBLIC,
    "catalog:license_list": PUBLIC,
    "catalog:license_detail": PUBLIC,
    "catalog:checkpoints_json": PUBLIC,
    "catalog:checkpoints_csv": PUBLIC,
    "quizzes:take_quiz": PUBLIC,
    "quizzes:history": PUBLIC,
    "quizzes:attempt": (404, 404, 200, 404, 404, 404),
    "accounts:sign_up": SIGNED_OUT,
    "accounts:reset_password": PUBLIC,
    "accounts:merge": (302, 302, 302, 302, 302, 302),
    "accounts:data": PUBLIC,
    "accounts:export": (404, 200, 200, 200, 200, 200),
    "accounts:erase": (302, 200, 200, 200, 200, 200),
    "account_login": SIGNED_OUT,
    "account_signup": SIGNED_OUT,
    "account_logout": SIGNED_IN,
    "account_inactive": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_confirm_login_code": TOKEN_ONLY,
    "account_change_password": SIGNED_IN,
    "account_set_password": all_get(302),
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": TOKEN_ONLY,
    "mfa_reauthenticate": ASKED_AGAIN,
    "mfa_activate_totp": ASKED_AGAIN,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_generate_recovery_codes": ASKED_AGAIN,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "usersessions_list": SIGNED_IN,
}

ARGUMENTS: dict[str, dict[str, object]] = {
    "lessons:page": {"path": "course/first/numbers"},
    "progress:lesson": {"path": "course/first/numbers"},
    "asset": {"sha256": "0" * 64, "name": "figure.svg"},
    "error_sample": {"code": 404},
    "catalog:checkpoint_detail": {"slug": "model-a"},
    "catalog:family_detail": {"slug": "llama"},
    "catalog:license_detail": {"slug": "apache-2.0"},
    "quizzes:take_quiz": {"path": "course/first/numbers"},
    "account_confirm_email": {"key": "no-such-key"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
}

VIEW, NONE, CHANGE = "view", "none", "change"
ADMIN: dict[str, str] = {
    # what an instructor may do with it; a superuser may do more, everybody else is asked to sign in
    "accounts.learner": VIEW,
    "accounts.user": NONE,
    "account.emailaddress": NONE,
    "auth.group": NONE,
    "catalog.benchmark": VIEW,
    "catalog.checkpoint": VIEW,
    "catalog.family": VIEW,
    "catalog.license": VIEW,
    "catalog.machine": VIEW,
    "catalog.organization": VIEW,
    "catalog.release": VIEW,
    "catalog.result": VIEW,
    "catalog.source": VIEW,
    "lessons.asset": VIEW,
    "lessons.glossaryterm": VIEW,
    "lessons.lesson": VIEW,
    "lessons.module": VIEW,
    "lessons.replacedtext": VIEW,
    "lessons.sourcefile": CHANGE,
    "lessons.track": VIEW,
    "mfa.authenticator": NONE,
    "progress.lessonprogress": VIEW,
    "quizzes.attempt": VIEW,
    "quizzes.question": VIEW,
    "quizzes.quiz": VIEW,
    "usersessions.usersession": NONE,
}


@dataclass
class World:
    """A small course with one learner's attempt, and a browser for every role."""

    browsers: dict[str, Client]
    attempt: Attempt

    def address(self, name: str) -> str:
        """Return an address of the route that exists, and belongs to ``learner`` where it is somebody's."""
        own: dict[str, dict[str, object]] = {"quizzes:attempt": {"public_id": self.attempt.public_id}}
        return reverse(name, kwargs={**ARGUMENTS, **own}.get(name))


def signed_in(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


@pytest.fixture
def world(db: None, tmp_path) -> World:
    load(write_tree(tmp_path))
    make_checkpoint("Model A", license=make_license())
    users = {name: User.objects.create_user(name, password="nine steps up") for name in ROLES[2:]}
    appoint(users["instructor"])
    User.objects.filter(username="superuser").update(is_staff=True, is_superuser=True)
    stranger, guest = Client(raise_request_exception=False), Client(raise_request_exception=False)
    response = HttpResponse()
    set_guest_cookie(response, Learner.objects.create())
    guest.cookies.update(response.cookies)
    attempt = Attempt.objects.create(
        learner=Learner.objects.create(user=users["learner"]), quiz=Quiz.objects.get()
    )
    browsers = {
        "stranger": stranger,
        "guest": guest,
        **{name: signed_in(user) for name, user in users.items()},
    }
    return World(browsers, attempt)


def walk(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the full name of every route; the admin's are looked at by model."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            if inner != ("admin",):
                yield from walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield ":".join((*namespaces, pattern.name))


NAMES = sorted(walk(get_resolver()))


def test_every_route_has_a_row_and_every_row_a_route():
    assert {*NAMES} - {*ROUTES} == set(), "routes without a row"
    assert {*ROUTES} - {*NAMES} == set(), "rows without a route"
    assert {len(row) for row in ROUTES.values()} == {len(ROLES)}


def test_every_role_gets_what_the_table_says(world: World):
    wrong = []
    for name in NAMES:
        found = tuple(world.browsers[role].get(world.address(name)).status_code for role in ROLES)
        if found != ROUTES[name]:
            wrong.append(f"{name}: {found}, not {ROUTES[name]}")
    assert wrong == []


def test_no_request_however_odd_breaks_the_site(world: World):
    """Whatever the method, the query or the body: a page, a redirect or a refusal, never an error of ours."""
    odd = "?page=%00&page=-1&q=%F0%9F%98%80&m=a&m=b&sort=%27%22%3E&benchmark=x&next=//elsewhere.test"
    broken = []
    for name in NAMES:
        address = world.address(name)
        for role in ("stranger", "learner"):
            browser = world.browsers[role]
            answers = {
                "odd query": browser.get(address + odd),
                "HEAD": browser.head(address),
                "OPTIONS": browser.options(address),
                "TRACE": browser.trace(address),
                "PUT": browser.put(address, b"{", content_type="application/json"),
                "PATCH": browser.patch(address, b"\x00", content_type="text/plain"),
                "DELETE": browser.delete(address),
                "empty POST": browser.post(address) if "logout" not in name else browser.get(address),
                "JSON POST": browser.post(address, "[1]", content_type="application/json")
                if "logout" not in name
                else browser.get(address),
            }
            broken += [
                f"{role}: {what} {address} gives {answer.status_code}"
                for what, answer in answers.items()
                if answer.status_code >= 500
            ]
    assert broken == []


def test_reading_as_a_stranger_sets_no_cookie(world: World):
    public = [name for name, row in ROUTES.items() if row == PUBLIC and name.partition(":")[0] in PAGES]

    for name in public:
        response = world.browsers["stranger"].get(world.address(name))
        assert not response.cookies, f"{name} sets {[*response.cookies]}"


PAGES = {"healthz", "readyz", "robots", "lessons", "catalog", "glossary"}
"""What a shared cache may keep: the namespace, or the name where there is none."""


# --- The admin ------------------------------------------------------------------------------------


def test_every_model_in_the_admin_has_a_row():
    registered = {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}

    assert registered == {*ADMIN}


def test_admin_opens_to_instructors_as_far_as_the_table_says(world: World):
    wrong = []
    for label, may in ADMIN.items():
        app, model = label.split(".")
        changelist, add = (reverse(f"admin:{app}_{model}_{page}") for page in ("changelist", "add"))
        for role in ROLES:
            browser = world.browsers[role]
            found = (browser.get(changelist).status_code, browser.get(add).status_code)
            if role == "superuser":
                right = found[0] == 200 and found[1] in {200, 403}
            elif role == "instructor":
                right = found == (403 if may == NONE else 200, 403)
            else:
                right = found == (302, 302)
            if not right:
                wrong.append(f"{role} at {label}: {found}")
    assert wrong == []


def test_instructors_may_change_what_the_table_says_and_nothing_else(world: World):
    instructor = User.objects.get(username="instructor")
    changes = {
        f"{model._meta.app_label}.{model._meta.model_name}"
        for model in admin.site._registry
        for action in ("add", "change", "delete")
        if instructor.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
    }

    assert changes == {label for label, may in ADMIN.items() if may == CHANGE}


def test_admin_itself_opens_to_staff_only(world: World):
    index = [world.browsers[role].get("/admin/").status_code for role in ROLES]

    assert index == [302, 302, 302, 302, 200, 200]
