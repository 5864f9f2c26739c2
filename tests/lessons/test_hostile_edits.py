"""Edits in the admin that are made to be slow: what they cost is bounded, and what they say can be read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from engineersofai import admin
from engineersofai.content import Prepared, prepare_edit
from lessons.files import list_files
from lessons.glossary import MAX_BYTES, MAX_FAULTS, read_glossary
from lessons.models import SourceFile
from lessons.reader import read_tree
from tests.trees import LESSON, load, write_tree

SECONDS = 4
"""What a test may take on a busy machine; unbounded, the texts here took up to thirty times as long."""

TERM = "  - {id: %s, term: A term, definition: Words., source: {url: 'https://a.test', seen: 2026-11-01}}\n"


def filled(head: str, piece: str, size: int = MAX_BYTES) -> str:
    return head + piece * ((size - len(head) - 10) // len(piece))


@pytest.mark.parametrize(
    "text",
    [
        filled("terms:\n", "  - id: A b\n    trm: x\n"),
        filled("terms:\n", "  - {}\n"),
        filled("terms: [", "{a: 1},") + "]\n",
        "terms:\n  - " + "\n    ".join(f"k{number}: 1" for number in range(40_000)) + "\n",
        "\n".join(f"k{number}: 1" for number in range(40_000)) + "\n",
        filled("terms: ", "[1], "),
    ],
    ids=["two faults a term", "empty terms", "in one line", "keys of a term", "keys of the file", "broken"],
)
def test_a_faulty_glossary_costs_little_and_lists_what_can_be_read(text: str) -> None:
    start = time.process_time()

    problems = read_glossary(text, "glossary.yml").problems

    assert time.process_time() - start < SECONDS
    assert 0 < len(problems) <= MAX_FAULTS + 1


def test_faults_of_a_glossary_are_listed_up_to_where_it_says_so() -> None:
    text = "terms:\n" + "  - {id: a, term: A}\n" * 500

    *listed, last = read_glossary(text, "glossary.yml").problems

    assert {problem.code for problem in listed} == {"missing-key"}
    assert last.code == "too-many"
    assert last.line == listed[-1].line + 1


def test_the_last_term_of_a_long_glossary_is_read() -> None:
    text = "terms:\n" + "".join(TERM % f"t{number}" for number in range(1_000))

    glossary = read_glossary(text, "glossary.yml")

    assert not glossary.problems
    assert len(glossary.terms) == 1_000


def test_a_glossary_beyond_its_size_is_refused_in_one_line() -> None:
    problems = read_glossary(filled("terms:\n", "  # nothing\n", MAX_BYTES + 100), "glossary.yml").problems

    assert [problem.code for problem in problems] == ["too-large"]


@pytest.mark.parametrize(("keys", "codes"), [(200, {"unknown-key"}), (201, {"too-many"})])
def test_front_matter_has_so_many_keys_and_no_more(tmp_path: Path, keys: int, codes: set[str]) -> None:
    text = "---\n" + "".join(f"k{number}: 1\n" for number in range(keys)) + "---\n\n# A\n"
    tree = read_tree(list_files(write_tree(tmp_path, {"01-m/01-a.md": text}), "a/"), single_track="a")

    assert {problem.code for problem in tree.problems} == codes


@pytest.fixture
def instructor(client: Client, tmp_path: Path) -> Client:
    load(write_tree(tmp_path))
    user = User.objects.create_user("ines", password="a long password")
    call_command("makeinstructor", "ines", verbosity=0)
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_a_refused_edit_is_read_once(instructor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def prepare(path: str, text: str) -> Prepared:
        read.append(text)
        return prepare_edit(path, text)

    monkeypatch.setattr(admin, "prepare_edit", prepare)
    page = SourceFile.objects.get(path__endswith="01-numbers.md")
    faulty = LESSON + "\n:::note\n"

    response = instructor.post(reverse("admin:lessons_sourcefile_change", args=[page.pk]), {"text": faulty})

    assert "is never closed" in response.content.decode()
    assert read == [faulty]


@pytest.mark.django_db
def test_a_faulty_glossary_is_refused_with_its_own_faults_only(instructor: Client) -> None:
    path = SourceFile.objects.get(path="glossary.yml").path

    prepared = prepare_edit(path, "terms:\n  - {id: a}\n")

    assert {problem.path for problem in prepared.errors} == {"glossary.yml"}
    assert SourceFile.objects.filter(path=path).count() == 1
