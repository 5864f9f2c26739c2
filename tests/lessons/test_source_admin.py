"""Instructors edit source texts in the admin, through the same reader that loads files."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from engineersofai import admin
from engineersofai.content import Prepared, prepare_edit
from lessons.models import ReplacedText, SourceFile
from quizzes.models import Question
from tests.trees import LESSON, NUMBERS_URL, QUIZ, load, write_tree

pytestmark = pytest.mark.django_db

PAGE = "course/01-first/01-numbers.md"
QUIZ_FILE = "course/01-first/01-numbers.quiz.yml"


@pytest.fixture
def instructor(client: Client, tmp_path: Path) -> Client:
    load(write_tree(tmp_path))
    user = User.objects.create_user("ines", password="a long password")
    call_command("makeinstructor", "ines", verbosity=0)
    assert Group.objects.filter(name="Instructors", user=user).exists()
    client.force_login(user)
    return client


def url_of(path: str) -> str:
    return reverse("admin:lessons_sourcefile_change", args=[SourceFile.objects.get(path=path).pk])


def test_an_instructor_corrects_a_typo_and_the_lesson_shows_it(instructor: Client) -> None:
    response = instructor.post(url_of(PAGE), {"text": LESSON.replace("eight bits", "8 bits")})

    assert response.status_code == 302
    assert "A byte has 8 bits." in instructor.get(NUMBERS_URL).content.decode()
    row = SourceFile.objects.get(path=PAGE)
    assert row.is_edited_here
    assert row.edited_by is not None
    assert row.edited_by.username == "ines"


def test_an_instructor_corrects_a_wrong_key(instructor: Client) -> None:
    before = Question.objects.get(key="bits-in-a-byte")
    wrong_way_round = QUIZ.replace(
        "      - text: Eight\n        correct: true\n        reason: By definition.\n      - text: Sixteen\n",
        "      - text: Eight\n        reason: By definition.\n      - text: Sixteen\n        correct: true\n",
    )

    response = instructor.post(url_of(QUIZ_FILE), {"text": wrong_way_round})

    assert response.status_code == 302, response.context["errors"]
    after = Question.objects.get(key="bits-in-a-byte")
    assert after.pk == before.pk
    assert after.revision_id != before.revision_id


def test_a_broken_edit_is_refused_at_its_line_and_keeps_what_was_typed(instructor: Client) -> None:
    broken = LESSON.replace("description:", "descripton:")

    response = instructor.post(url_of(PAGE), {"text": broken})

    page = response.content.decode()
    assert response.status_code == 200
    assert f"{PAGE}:4:1" in page
    assert "Did you mean" in page
    assert "descripton: How numbers are kept." in page
    assert "descripton" not in SourceFile.objects.get(path=PAGE).text


def test_a_changed_question_type_is_refused_with_the_reason(instructor: Client) -> None:
    kept, _truefalse = QUIZ.split("  - id: byte-is-eight")
    changed = kept + (
        "  - id: byte-is-eight\n    type: numeric\n    kind: recall\n    prompt: How many bits?\n"
        "    answer: 8\n    reason: By definition.\n"
    )

    response = instructor.post(url_of(QUIZ_FILE), {"text": changed})

    assert response.status_code == 200
    assert "was of type" in response.content.decode()
    assert Question.objects.get(key="byte-is-eight").type == "truefalse"


def test_a_preview_shows_the_page_and_saves_nothing(instructor: Client) -> None:
    response = instructor.post(
        url_of(PAGE), {"text": LESSON.replace("eight bits", "**8** bits"), "_preview": "Preview"}
    )

    assert response.status_code == 200
    assert "<strong>8</strong> bits" in response.content.decode()
    assert not SourceFile.objects.get(path=PAGE).is_edited_here


def test_the_list_opens_with_few_queries_and_searches_by_text(
    instructor: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        response = instructor.get(reverse("admin:lessons_sourcefile_changelist"), {"q": "eight bits"})

    assert PAGE in response.content.decode()


def test_a_learner_cannot_open_source_texts(client: Client, tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    client.force_login(User.objects.create_user("lee", password="a long password"))

    response = client.get(url_of(PAGE))

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_text_sent_as_browsers_send_it_is_no_change(instructor: Client) -> None:
    instructor.post(url_of(PAGE), {"text": LESSON.replace("\n", "\r\n")})

    row = SourceFile.objects.get(path=PAGE)
    assert (row.edited_by, row.is_edited_here) == (None, False)


def test_blank_lines_and_indents_at_the_ends_stay(instructor: Client) -> None:
    text = f"{LESSON}\n    indented code\n\n"

    instructor.post(url_of(PAGE), {"text": text})

    assert SourceFile.objects.get(path=PAGE).text == text


def test_what_another_instructor_saved_meanwhile_is_replaced_only_when_that_is_meant(
    instructor: Client,
) -> None:
    seen = instructor.get(url_of(PAGE)).context["adminform"].form.initial["seen"]
    instructor.post(url_of(PAGE), {"text": LESSON.replace("eight", "8"), "seen": seen})

    late = LESSON.replace("bytes", "octets")
    refused = instructor.post(url_of(PAGE), {"text": late, "seen": seen})

    assert refused.status_code == 200
    (error,) = refused.context["adminform"].form.non_field_errors()
    assert error.startswith("ines changed this text after you opened it")
    assert "Text about octets." in refused.content.decode()
    assert "8 bits" in SourceFile.objects.get(path=PAGE).text
    again = refused.context["adminform"].form["seen"].value()
    assert instructor.post(url_of(PAGE), {"text": late, "seen": again}).status_code == 302
    assert SourceFile.objects.get(path=PAGE).text == late


def test_learners_need_not_wait_while_an_edit_is_read(
    instructor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite whoever holds a transaction keeps all others from writing, and reading takes a second."""
    depths: list[int] = []

    def prepare(path: str, text: str) -> Prepared:
        depths.append(len(connection.savepoint_ids))
        return prepare_edit(path, text)

    monkeypatch.setattr(admin, "prepare_edit", prepare)
    instructor.post(url_of(PAGE), {"text": LESSON.replace("eight", "8")})

    assert depths
    assert set(depths) == {0}


def test_an_edit_that_a_load_overtakes_is_not_saved_and_not_lost(
    instructor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(path: str, text: str) -> Prepared:
        prepared = prepare_edit(path, text)
        prepared.generation -= 1
        return prepared

    monkeypatch.setattr(admin, "prepare_edit", overtaken)
    response = instructor.post(url_of(PAGE), {"text": LESSON.replace("eight", "8")})

    assert "Save it again" in response.content.decode()
    assert "A byte has 8 bits." in response.content.decode()
    assert not SourceFile.objects.get(path=PAGE).is_edited_here


def test_an_edit_back_to_what_the_file_says_is_no_edit_any_more(instructor: Client) -> None:
    instructor.post(url_of(PAGE), {"text": LESSON.replace("eight", "8")})
    instructor.post(url_of(PAGE), {"text": LESSON})

    row = SourceFile.objects.get(path=PAGE)
    assert (row.is_edited_here, row.edited_by, row.edited_at) == (False, None, None)


def test_what_a_load_replaced_can_be_read_and_copied_back(instructor: Client, tmp_path: Path) -> None:
    ours = LESSON.replace("eight bits", "8 bits")
    instructor.post(url_of(PAGE), {"text": ours})
    (tmp_path / PAGE).write_text(LESSON + "\nMore.\n")
    load(tmp_path, "--theirs")

    listed = instructor.get(reverse("admin:lessons_replacedtext_changelist")).content.decode()
    replaced = ReplacedText.objects.get()
    page = instructor.get(reverse("admin:lessons_replacedtext_change", args=[replaced.pk])).content.decode()

    assert PAGE in listed
    assert "ines" in listed
    assert "A byte has 8 bits." in page
    assert url_of(PAGE) in page
    assert instructor.post(url_of(PAGE), {"text": replaced.text}).status_code == 302
    assert SourceFile.objects.get(path=PAGE).text == ours


def test_an_image_taken_out_of_a_text_can_be_put_back(instructor: Client, tmp_path: Path) -> None:
    (tmp_path / "course/01-first/a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    shown = LESSON + "\n![A](a.svg)\n"
    (tmp_path / PAGE).write_text(shown)
    load(tmp_path)

    instructor.post(url_of(PAGE), {"text": LESSON})
    response = instructor.post(url_of(PAGE), {"text": shown})

    assert response.status_code == 302
    assert "/assets/" in instructor.get(NUMBERS_URL).content.decode()
