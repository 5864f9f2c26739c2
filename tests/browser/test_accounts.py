"""Accounts: sign up, sign in with a guest's marks, sign out, erase; with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import Learner, User
from quizzes.models import Answer
from tests.browser.answering import answer_one
from tests.browser.course import CHOOSING, questions_of
from tests.browser.people import (
    PASSWORD,
    make_account,
    remember_guest,
    sign_in_by_form,
    sign_up,
)

pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def any_page(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Page:
    """Open a page, once with scripts and once without."""
    return new_context(java_script_enabled=request.param).new_page()


@pytest.fixture
def guest(any_page: Page, live_server) -> Learner:
    """Return the guest of the page's browser, who has answered two questions."""
    learner = Learner.objects.create()
    for question in questions_of(CHOOSING)[:2]:
        answer_one(learner, question)
    remember_guest(any_page.context, learner, live_server.url)
    return learner


def test_sign_up_says_what_is_wrong_and_then_signs_in(any_page: Page):
    make_account("ines")
    any_page.goto("/accounts/signup/")
    any_page.get_by_label("Username").fill("Ines")
    any_page.get_by_label("Password").fill("short")
    any_page.get_by_role("button", name="Create the account").click()
    expect(any_page.get_by_label("Username")).to_have_accessible_description(re.compile("already exists"))
    expect(any_page.get_by_label("Password")).to_have_accessible_description(re.compile("too short"))

    sign_up(any_page, "jana")
    expect(any_page.get_by_role("link", name="My progress")).to_be_visible()
    assert Learner.objects.count() == 0  # an account without marks needs no learner


def test_wrong_password_is_refused(any_page: Page):
    make_account("ines")
    any_page.goto("/accounts/login/")
    any_page.get_by_label("Username or email").fill("ines")
    any_page.get_by_label("Password").fill("not-the-one")
    any_page.get_by_role("button", name="Sign in").click()

    expect(any_page.get_by_role("alert")).to_be_visible()
    expect(any_page.get_by_label("Username or email")).to_have_value("ines")


@pytest.mark.parametrize("keep", [True, False], ids=["mine", "not-mine"])
def test_sign_in_asks_whose_a_guests_answers_are(any_page: Page, guest: Learner, keep: bool):
    make_account("ines")
    any_page.goto("/accounts/login/")
    sign_in_by_form(any_page)
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Whose answers are these?")
    expect(any_page.get_by_role("main")).to_contain_text("2 answers")
    any_page.get_by_role("button", name="Mine, keep it" if keep else "Not mine").click()

    any_page.goto("/progress/")
    expect(any_page.get_by_role("main")).to_contain_text("2 of 28" if keep else "0 of 28")
    owners = set(Answer.objects.values_list("attempt__learner__user__username", flat=True))
    assert owners == ({"ines"} if keep else {None})
    assert "learner" not in {cookie["name"] for cookie in any_page.context.cookies()}


def test_sign_out_leaves_nothing_in_the_browser(any_page: Page, guest: Learner):
    any_page.goto("/accounts/signup/")
    sign_up(any_page, "ines")
    any_page.get_by_role("link", name="Account").click()
    any_page.get_by_role("button", name="Sign out").click()

    expect(any_page.get_by_role("link", name="Sign in")).to_be_visible()
    any_page.goto("/progress/")
    expect(any_page.get_by_role("main")).to_contain_text("Nothing is kept here yet")
    assert {cookie["name"] for cookie in any_page.context.cookies()} <= {"csrftoken", "sessionid"}
    assert Answer.objects.filter(attempt__learner__user__username="ines").count() == 2


def test_erasing_an_account_asks_for_the_password_and_leaves_nothing(any_page: Page, guest: Learner):
    any_page.goto("/accounts/signup/")
    sign_up(any_page, "ines")
    any_page.goto("/accounts/data/")
    expect(any_page.get_by_role("main")).to_contain_text("2 answers")
    any_page.get_by_role("link", name="Erase…").click()
    any_page.get_by_label("Password").fill("not-the-one")
    any_page.get_by_role("button", name="Erase everything").click()
    expect(any_page.get_by_label("Password")).to_have_accessible_description(re.compile("."))
    assert User.objects.filter(username="ines").exists()

    any_page.get_by_label("Password").fill(PASSWORD)
    any_page.get_by_role("button", name="Erase everything").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Erased")
    assert (User.objects.count(), Learner.objects.count(), Answer.objects.count()) == (0, 0, 0)
    assert {cookie["name"] for cookie in any_page.context.cookies()} <= {"csrftoken"}


def test_guest_erases_what_this_browser_keeps(any_page: Page, guest: Learner):
    any_page.goto("/accounts/data/")
    any_page.get_by_role("link", name="Erase…").click()
    any_page.get_by_role("button", name="Erase everything").click()
    expect(any_page.get_by_text("Tick the box if you mean it.")).to_be_visible()
    any_page.get_by_role("checkbox").check()
    any_page.get_by_role("button", name="Erase everything").click()

    expect(any_page.get_by_role("heading", level=1)).to_have_text("Erased")
    assert (Learner.objects.count(), Answer.objects.count()) == (0, 0)
