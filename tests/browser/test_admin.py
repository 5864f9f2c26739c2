"""The admin in a browser: it works under the site's strict policy, and texts are corrected in it."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Learner, User
from lessons.models import SourceFile
from tests.browser.answering import answer_all
from tests.browser.course import CHOOSING, questions_of
from tests.browser.people import make_instructor

pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def instructor(page: Page, sign_in: Callable[[Page, User], None]) -> User:
    """Sign an instructor in to the page's browser."""
    user = make_instructor()
    sign_in(page, user)
    return user


def test_lists_open_without_a_complaint_of_the_browser(page: Page, instructor: User, rf: RequestFactory):
    answer_all(Learner.objects.create(), questions_of(CHOOSING))
    request = rf.get("/admin/")
    request.user = instructor
    models = [model for model, site in admin.site._registry.items() if site.has_view_permission(request)]
    assert len(models) > 10
    for model in models:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        first = page.locator("#result_list tbody th a").first
        if first.count():
            first.click()
            expect(
                page.get_by_role("link", name=str(model._meta.verbose_name_plural).capitalize())
            ).not_to_have_count(0)


def test_typo_is_previewed_corrected_and_shown(page: Page, instructor: User):
    lesson = SourceFile.objects.get(path__endswith="07-choosing-the-right-model.md")
    page.goto(reverse("admin:lessons_sourcefile_change", args=[lesson.pk]))
    field = page.get_by_label("Text")
    field.fill(lesson.text.replace("An insurance broker wants drafts", "A broker of insurance wants drafts"))
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_contain_text("A broker of insurance wants drafts")

    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(CHOOSING)
    expect(page.get_by_role("main")).to_contain_text("A broker of insurance wants drafts")


def test_broken_text_is_refused_at_its_line(page: Page, instructor: User):
    quiz = SourceFile.objects.get(path__endswith="07-choosing-the-right-model.quiz.yml")
    page.goto(reverse("admin:lessons_sourcefile_change", args=[quiz.pk]))
    broken = quiz.text.replace("        correct: true\n", "", 1)
    page.get_by_label("Text").fill(broken)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".errorlist").first).to_contain_text("quiz.yml:")
    expect(page.get_by_label("Text")).to_have_value(broken)
    quiz.refresh_from_db()
    assert quiz.text != broken
