"""The course that ships: it loads without a word, it is true to its form, and its faults would be found."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.test import Client

from lessons.models import Lesson
from tests.trees import load, refusal

ROOT = Path(__file__).resolve().parents[2] / "content"
MODULE = "open-source-llms/01-open-source-llm-ecosystem"
LESSONS = ("03-mistral-and-mixtral", "07-choosing-the-right-model")


def questions_of(name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((ROOT / MODULE / f"{name}.quiz.yml").read_text())[
        "questions"
    ]
    return found


def test_it_loads_without_errors_or_warnings() -> None:
    said = load(ROOT, "--check")

    assert "warning" not in said
    assert said.strip().endswith("no errors.")


@pytest.mark.django_db
def test_it_makes_a_course_and_a_catalog(client: Client) -> None:
    load(ROOT)

    assert client.get("/models.json").json()["count"] >= 200
    assert Lesson.objects.listed().count() == len(LESSONS)
    for lesson in Lesson.objects.all():
        page = client.get(lesson.get_absolute_url())
        assert page.status_code == 200
        assert 1500 <= lesson.words <= 4000, lesson.words
    module = client.get("/learn/open-source-llms/open-source-llm-ecosystem/").content.decode()
    assert "<svg" in module
    for family in ("llama", "mistral", "qwen", "gemma", "phi"):
        assert f"/models/families/{family}/" in module


@pytest.mark.django_db
def test_loading_it_twice_changes_nothing() -> None:
    load(ROOT)

    assert ": 0 changes" in load(ROOT)


@pytest.mark.parametrize("name", LESSONS)
def test_every_quiz_has_ten_questions_of_four_types_and_asks_for_more_than_recall(name: str) -> None:
    questions = questions_of(name)
    types = Counter(str(each["type"]) for each in questions)
    kinds = Counter(str(each["kind"]) for each in questions)

    assert len(questions) >= 10
    assert len(types) >= 4
    assert (types["choice"] + types["multi"]) * 3 <= len(questions) * 2
    assert kinds["recall"] * 2 <= len(questions)


@pytest.mark.parametrize("name", LESSONS)
def test_choosing_the_longest_option_earns_no_more_than_chance(name: str) -> None:
    """A guesser who always takes the longest option stays within five points of one who takes any."""
    longest = chance = 0.0
    choices = [each for each in questions_of(name) if each["type"] == "choice"]
    for question in choices:
        options: list[dict[str, object]] = question["options"]  # type: ignore[assignment]
        lengths = [len(str(option["text"])) for option in options]
        tied = [option for option, length in zip(options, lengths, strict=True) if length == max(lengths)]
        longest += sum(bool(option.get("correct")) for option in tied) / len(tied)
        chance += 1 / len(options)

    assert longest / len(choices) <= chance / len(choices) + 0.05


@pytest.mark.parametrize("name", LESSONS)
def test_every_source_is_dated(name: str) -> None:
    text = (ROOT / MODULE / f"{name}.md").read_text()
    notes = re.findall(r"^\[\^[^\]]+\]: (.+?)(?=\n\n|\n\[\^|\Z)", text, flags=re.MULTILINE | re.DOTALL)

    assert len(notes) >= 5
    assert [note for note in notes if not re.search(r"[Ss]een\s+\d{1,2}\s+\w+\s+20\d\d", note)] == []


def test_twelve_planted_faults_in_five_files_are_all_reported_at_line_and_column(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(ROOT, root)
    expected: dict[str, str] = {}

    def plant(path: str, old: str, new: str, needle: str, said: str) -> None:
        """Replace text in a file and remember at which line and column ``needle`` now stands."""
        file = root / path
        text = file.read_text()
        assert old in text, old
        file.write_text(text.replace(old, new, 1))
        expected[said] = f"{path}\0{needle}"

    mixtral, choosing = (f"{MODULE}/{name}.md" for name in LESSONS)
    mixtral_quiz, choosing_quiz = (f"{MODULE}/{name}.quiz.yml" for name in LESSONS)
    plant(mixtral, "key_concept:", "key_concpt:", "key_concpt:", "unknown key 'key_concpt'")
    plant(mixtral, "minutes: ", "minutes: about ", "about ", "'minutes' must be a whole number")
    plant(
        choosing,
        "id: choosing-the-right-model",
        "id: mistral-and-mixtral",
        "mistral-and-mixtral",
        "two pages have the id",
    )
    plant(
        choosing,
        "id: mistral-and-mixtral",
        "slug: mistral-and-mixtral\nid: mistral-and-mixtral",
        "mistral-and-mixtral",
        "two pages have the address",
    )
    (root / choosing).write_text(
        (root / choosing).read_text()
        + "\nSee [there](no-such-lesson.md).\n\n![A drawing](img/no-such.svg)\n"
        + "\nIt has {{ model:no-such-model.params }}.\n"
    )
    expected["broken link"] = f"{choosing}\0no-such-lesson.md"
    expected["missing image"] = f"{choosing}\0img/no-such.svg"
    expected["no checkpoint 'no-such-model'"] = f"{choosing}\0{{{{ model:no-such-model"
    quiz = yaml.safe_load((root / mixtral_quiz).read_text())["questions"]
    choice = next(each for each in quiz if each["type"] == "choice")
    numeric = next(each for each in quiz if each["type"] == "numeric")
    text = (root / mixtral_quiz).read_text()
    start = text.index(f"id: {choice['id']}")
    end = text.find("\n  - id:", start)
    block = text[start : end if end > 0 else len(text)]
    without_right = re.sub(r"\n\s+correct: true", "", block)
    reason = re.search(r"\n\s+reason: [^\n]*(?:\n {10,}[^\n]*)*", without_right)
    assert reason
    text = text.replace(block, without_right.replace(reason[0], "", 1))
    start = text.index(f"id: {numeric['id']}")
    answer = re.search(r"answer: [^\n]+", text[start:])
    assert answer
    text = text[:start] + text[start:].replace(answer[0], "answer: about nine", 1)
    (root / mixtral_quiz).write_text(text)
    file = root / choosing_quiz
    file.write_text("questions: [\n" + file.read_text())
    (root / "glossary.yml").write_bytes((root / "glossary.yml").read_bytes() + b"# caf\xe9\n")

    said = refusal(root, "--check")

    for message, place in expected.items():
        path, needle = place.split("\0")
        lines = (root / path).read_text().split("\n")
        number, line = next((i, each) for i, each in enumerate(lines, 1) if needle in each)
        assert f"{path}:{number}:{line.index(needle) + 1}: " in said, (message, needle)
        assert message in said, message
    for message in ("missing key 'reason'", "right", "'answer' must be a number", "broken YAML", "byte 0xe9"):
        assert re.search(rf"\.(quiz\.)?yml:\d+:\d+: .*{message}", said), message
