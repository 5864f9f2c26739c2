"""``loadlessons``: all or nothing, the same twice, and nothing that learners hang on is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from lessons.models import Generation, Lesson, Page, SourceFile
from tests.trees import LESSON, NUMBERS_URL, QUIZ, TREE, WORDS_URL, load, refusal, write_tree

pytestmark = pytest.mark.django_db


def changes(report: str) -> int:
    found = re.search(r": (\d+) changes?", report)
    assert found, report
    return int(found[1])


def test_a_loaded_course_can_be_read(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))

    page = client.get(NUMBERS_URL)

    assert page.status_code == 200
    assert "A byte has eight bits." in page.content.decode()
    assert client.get("/learn/course/first/").status_code == 200
    assert client.get("/learn/course/").status_code == 200
    assert 'href="/learn/course/first/numbers/"' in client.get(WORDS_URL).content.decode()


def test_a_second_load_changes_nothing_and_writes_nothing(
    tmp_path: Path, django_assert_num_queries: object
) -> None:
    load(write_tree(tmp_path))
    generation = Generation.objects.get().number

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        report = load(tmp_path)

    assert changes(report) == 0
    assert Generation.objects.get().number == generation
    written = [each["sql"] for each in queries if re.match(r"(INSERT|UPDATE|DELETE)", each["sql"])]
    assert written == []


def test_an_import_leaves_an_audit_line_and_one_that_wrote_nothing_leaves_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_tree(tmp_path)
    with caplog.at_level("INFO", logger="audit"):
        load(tmp_path, "--dry-run")
        load(tmp_path)
        load(tmp_path)

    assert [record.getMessage().split()[0] for record in caplog.records] == ["import"]


def test_a_touched_file_is_no_change_and_an_edited_one_is_one_lesson(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    page = tmp_path / "course/01-first/01-numbers.md"
    page.touch()

    assert changes(load(tmp_path)) == 0

    page.write_text(LESSON.replace("Text about bytes.", "Better text about bytes."))
    report = load(tmp_path)

    assert changes(report) == 1
    assert "lesson: 1 updated" in report
    assert "Better text" in client.get(NUMBERS_URL).content.decode()


def test_a_renamed_file_with_the_same_id_keeps_its_lesson_and_its_old_address_redirects(
    tmp_path: Path, client: Client
) -> None:
    load(write_tree(tmp_path))
    before = Lesson.objects.get(key="numbers").pk
    (tmp_path / "course/01-first/02-words.md").write_text("# Words\n\nText.\n")
    load(tmp_path)
    for suffix in (".md", ".quiz.yml"):
        (tmp_path / f"course/01-first/01-numbers{suffix}").rename(
            tmp_path / f"course/01-first/01-counting{suffix}"
        )
    assert changes(load(tmp_path)) == 1

    lesson = Lesson.objects.get(key="numbers")
    assert lesson.pk == before
    assert lesson.quiz.questions.filter(retired_at=None).count() == 2
    response = client.get(NUMBERS_URL)
    assert response.status_code == 301
    assert response["Location"] == "/learn/course/first/counting/"
    assert client.get(response["Location"]).status_code == 200


def test_an_alias_keeps_the_lesson_of_a_file_that_had_no_id(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    before = Lesson.objects.get(title="Words").pk
    old = tmp_path / "course/01-first/02-words.md"
    old.rename(tmp_path / "course/01-first/02-terms.md")
    (tmp_path / "course/01-first/02-terms.md").write_text(
        "---\naliases: [first/words]\n---\n\n# Words\n\nText.\n"
    )

    load(tmp_path)

    assert Lesson.objects.get(title="Words", retired_at=None).pk == before
    assert client.get(WORDS_URL).status_code == 301


def test_a_lesson_that_left_is_retired_and_says_so(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    (tmp_path / "course/01-first/02-words.md").unlink()

    report = load(tmp_path)

    assert changes(report) == 1
    assert "lesson: 1 unchanged, 1 retired" in report
    assert Lesson.objects.get(title="Words").retired_at is not None
    gone = client.get(WORDS_URL)
    assert gone.status_code == 410
    assert "/learn/course/first/" in gone.content.decode()
    assert "Words" not in client.get("/learn/course/first/").content.decode()


def test_a_lesson_that_comes_back_is_the_same_lesson(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    before = Lesson.objects.get(title="Words").pk
    page = tmp_path / "course/01-first/02-words.md"
    text = page.read_text()
    page.unlink()
    load(tmp_path)
    page.write_text(text)

    load(tmp_path)

    assert Lesson.objects.get(title="Words", retired_at=None).pk == before
    assert client.get(WORDS_URL).status_code == 200


def test_removing_more_than_a_fifth_of_the_lessons_asks_for_prune(tmp_path: Path) -> None:
    files = {f"course/m/{number:02}-page.md": f"# Page {number}\n\nText.\n" for number in range(1, 9)}
    write_tree(tmp_path, {**files, "glossary.yml": TREE["glossary.yml"]})
    for number in range(1, 9):
        page = tmp_path / f"course/m/{number:02}-page.md"
        page.rename(tmp_path / f"course/m/{number:02}-page-{chr(96 + number)}.md")
    load(tmp_path)
    for page in sorted((tmp_path / "course/m").iterdir())[:3]:
        page.unlink()

    said = refusal(tmp_path)

    assert "would retire 3 of 8 lessons" in said
    assert Lesson.objects.filter(retired_at=None).count() == 8
    assert "3 retired" in load(tmp_path, "--prune")


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path)

    report = load(tmp_path, "--dry-run")

    assert Lesson.objects.count() == SourceFile.objects.count() == Page.objects.count() == 0
    assert changes(report) == changes(load(tmp_path)) > 0


def test_check_reads_everything_and_touches_no_database(
    tmp_path: Path, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    write_tree(tmp_path)
    with CaptureQueriesContext(connection) as queries:
        said = load(tmp_path, "--check")

    assert len(queries) == 0
    assert "no errors" in said


def test_only_loads_one_file_and_leaves_the_others(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    for name in ("01-numbers", "02-words"):
        page = tmp_path / f"course/01-first/{name}.md"
        page.write_text(page.read_text() + "\nAdded.\n")

    load(tmp_path, "--only", "course/01-first/01-numbers.md")

    assert "Added." in client.get(NUMBERS_URL).content.decode()
    assert "Added." not in client.get(WORDS_URL).content.decode()


def test_one_bad_file_means_that_nothing_is_loaded(tmp_path: Path) -> None:
    write_tree(tmp_path)
    (tmp_path / "course/01-first/02-words.md").write_text("---\nminutes: soon\n---\n\n# Words\n")

    said = refusal(tmp_path)

    assert "course/01-first/02-words.md:2:10" in said
    assert "nothing was written" in said
    assert Lesson.objects.count() == 0


def test_all_faults_of_all_files_are_reported_at_line_and_column_in_one_run(tmp_path: Path) -> None:
    write_tree(tmp_path)
    write_tree(
        tmp_path,
        {
            "course/01-first/01-numbers.md": LESSON.replace("description", "descripton").replace(
                "id: numbers", "id: numbers\nminutes: ten"
            )
            + "\n[there](no-such.md)\n\n![x](img/no.png)\n\n{{ model:no-such-model.params }}\n",
            "course/01-first/02-words.md": "---\nid: numbers\nslug: numbers\n---\n\n# Words\n",
            "course/01-first/01-numbers.quiz.yml": QUIZ.replace("        reason: That is two bytes.\n", "")
            .replace("correct: true", "correct: false")
            .replace("id: byte-is-eight", "id: bits-in-a-byte"),
            "course/01-first/04-broken.md": "---\ntitle: [unclosed\n---\n\ntext\n",
            "course/01-first/05-bytes.md": b"# Bytes\n\ncaf\xe9\n",
        },
    )

    said = refusal(tmp_path)

    for place in (
        "01-numbers.md:5:1: unknown key 'descripton'",
        "01-numbers.md:4:10: 'minutes' must be a whole number",
        ":9: broken link",
        "missing image",
        "02-words.md:3:7: two pages have the address",
        "02-words.md:2:5: two pages have the id",
        "01-numbers.quiz.yml:11:9: missing key 'reason'",
        "01-numbers.quiz.yml:",
        "04-broken.md:2:8: broken YAML",
        "05-bytes.md:3:4: byte 0xe9",
    ):
        assert place in said, place


def test_an_edit_on_the_site_stands_until_the_file_is_preferred(tmp_path: Path, client: Client) -> None:
    load(write_tree(tmp_path))
    row = SourceFile.objects.get(path="course/01-first/01-numbers.md")
    from engineersofai.content import load as write
    from engineersofai.content import prepare_edit
    from engineersofai.edits import Choices

    write(prepare_edit(row.path, row.text.replace("eight bits", "8 bits")), Choices())
    assert "A byte has 8 bits." in client.get(NUMBERS_URL).content.decode()

    assert changes(load(tmp_path)) == 0
    assert "A byte has 8 bits." in client.get(NUMBERS_URL).content.decode()

    page = tmp_path / "course/01-first/01-numbers.md"
    page.write_text(LESSON + "\nMore.\n")
    said = load(tmp_path)
    assert "conflict" in said
    assert "A byte has 8 bits." in client.get(NUMBERS_URL).content.decode()

    load(tmp_path, "--theirs")
    text = client.get(NUMBERS_URL).content.decode()
    assert "A byte has eight bits." in text
    assert "More." in text


def test_a_slip_in_the_glossary_is_no_mistake_of_those_who_name_its_terms(tmp_path: Path) -> None:
    slip = {"glossary.yml": TREE["glossary.yml"] + "  - id: bit\n    term: Bit\n"}
    names = QUIZ.replace("kind: recall", "kind: recall\n    concepts: [byte]", 1)
    asks = {"course/01-first/01-numbers.quiz.yml": names}
    load(write_tree(tmp_path, {**TREE, **asks}), "--check")

    said = refusal(write_tree(tmp_path, slip), "--check")

    assert "2 errors in 1 file" in said
    assert "glossary.yml:6:5: missing key 'definition'" in said
    assert "unknown concept" not in said
