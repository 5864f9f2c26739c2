"""``exportquiz``: what the site holds, out as YAML or GIFT and in again without a loss."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lessons.models import SourceFile
from quizzes.export.yaml import as_yaml
from quizzes.models import Question, QuestionRevision
from quizzes.reading import LessonTexts, read_lesson
from tests.trees import QUIZ, TREE, load, write_tree

pytestmark = pytest.mark.django_db

LIST = """\
## How many bits has a byte?

- [x] Eight

  By definition.
- [ ] Four

  That is a nibble.

It was once less clear.
"""
GIFT = "Eight bits are a {=byte#So it is called. =octet}.\n\nHow many?{#8:1%#Count.}\n".replace("1%", "0.5")
NUMBERS = "course/01-first/01-numbers"
WORDS = "course/01-first/02-words"


def export(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("exportquiz", *arguments, stdout=out, stderr=err, no_color=True)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def root(tmp_path):
    root = write_tree(tmp_path / "content", {**TREE, f"{WORDS}.quiz.md": LIST})
    load(root)
    return root


def bodies():
    return {
        question.key: question.revision.body
        for question in Question.objects.filter(retired_at=None).select_related("revision")
    }


def test_a_quiz_of_ours_comes_as_its_author_wrote_it(root):
    out, err = export("course/first/numbers")

    assert (out, err) == (QUIZ, "")


def test_other_formats_become_yaml_that_holds_the_same_questions(root):
    before = bodies()
    out, _err = export(f"{WORDS}.md")
    (root / f"{WORDS}.quiz.md").unlink()
    (root / f"{WORDS}.quiz.yml").write_text(out)

    load(root)

    assert bodies() == before
    assert QuestionRevision.objects.count() == 3
    assert "1 change" not in load(root)


@pytest.mark.parametrize("form", ["yaml", "gift"])
def test_every_lesson_is_a_file_where_it_lies_in_the_course(root, tmp_path, form):
    out, _err = export("--format", form, "--output", str(tmp_path / "out"))

    suffix = "yml" if form == "yaml" else "gift"
    assert sorted(str(each.relative_to(tmp_path / "out")) for each in (tmp_path / "out").rglob("*.*")) == [
        f"{NUMBERS}.quiz.{suffix}",
        f"{WORDS}.quiz.{suffix}",
    ]
    assert "2 files, 3 questions" in out


def test_gift_put_in_place_of_every_quiz_changes_no_question(root, tmp_path):
    before = bodies()
    (root / f"{WORDS}.quiz.gift").write_text(GIFT)
    (root / f"{WORDS}.quiz.md").unlink()
    load(root)
    assert len(bodies()) == 4
    before = bodies()

    export("--format", "gift", "--output", str(root), "--force")
    (root / f"{NUMBERS}.quiz.yml").unlink()
    load(root)

    assert bodies() == before


def test_an_edit_on_the_site_is_exported(root):
    SourceFile.objects.filter(path=f"{NUMBERS}.quiz.yml").update(text=QUIZ.replace("Ten", "Eleven"))

    assert "Eleven" in export("course/first/numbers")[0]


@pytest.mark.parametrize("place", ["course", "/learn/course/first/", "course/01-first", f"{NUMBERS}.md"])
def test_a_place_may_be_an_address_or_a_path(root, place):
    out, _err = export(place, "--format", "gift")

    assert "bits-in-a-byte" in out


def test_what_cannot_be_done_is_said(root, tmp_path):
    with pytest.raises(CommandError, match="'cuorse'"):
        export("cuorse")
    with pytest.raises(CommandError, match="--output"):
        export("course")
    export("--output", str(tmp_path / "out"))
    (tmp_path / "out" / f"{WORDS}.quiz.yml").write_text("mine")
    with pytest.raises(CommandError, match="--force"):
        export("--output", str(tmp_path / "out"))
    assert (tmp_path / "out" / f"{WORDS}.quiz.yml").read_text() == "mine"


def test_no_file_is_written_where_a_link_leads(root, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "course").symlink_to(tmp_path)

    with pytest.raises(CommandError, match="symbolic link"):
        export("--output", str(tmp_path / "out"))


def test_questions_held_as_gift_keep_their_section(tmp_path):
    load(write_tree(tmp_path))
    first, _err = export("course", "--format", "gift")
    (tmp_path / f"{NUMBERS}.quiz.yml").unlink()
    (tmp_path / f"{NUMBERS}.quiz.gift").write_text(first)
    load(tmp_path)

    again, _err = export("course", "--format", "gift")

    assert '"section": "#bytes"' in first
    assert again == first


def test_what_is_to_be_done_before_a_file_is_used_is_told(tmp_path):
    fence = f"\n```quiz\n{QUIZ}```\n".replace("bits-in-a-byte", "bits").replace("byte-is-eight", "eight")
    tree = {
        "course/01-first/01-numbers.md": TREE[f"{NUMBERS}.md"] + fence,
        f"{WORDS}.md": "# Words\n",
        f"{WORDS}.quiz.md": "## Which?\n\n- [x] a\n- [ ] b\n",
    }
    load(write_tree(tmp_path / "content", tree))

    _out, err = export("--output", str(tmp_path / "out"))

    assert f"{NUMBERS}.md: 2 questions stand in the page" in err
    assert f"{WORDS}.quiz.yml: loads as it is, and is to be completed in 2 places: 9:17: 'reason'" in err


def test_the_shipped_questions_come_back_from_both_formats(tmp_path):
    load(settings.CONTENT_DIR)
    export("--output", str(tmp_path / "yaml"))
    export("--format", "gift", "--output", str(tmp_path / "gift"))
    texts = {
        path.relative_to(settings.CONTENT_DIR): path for path in settings.CONTENT_DIR.rglob("*.quiz.yml")
    }

    assert texts
    for name, path in texts.items():
        written = (tmp_path / "yaml" / name).read_text()
        gift = (tmp_path / "gift" / name).with_suffix(".gift").read_text()
        ours, _problems = read_lesson(LessonTexts("a.md", "", "a", files={"a.quiz.yml": path.read_text()}))
        back, problems = read_lesson(LessonTexts("a.md", "", "a", files={"a.quiz.gift": gift}))
        assert written == path.read_text()
        assert problems == []
        assert [question.spec for question in back] == [question.spec for question in ours]
        laid_out = as_yaml(question.spec for question in ours)
        again, problems = read_lesson(LessonTexts("a.md", "", "a", files={"a.quiz.yml": laid_out}))
        assert problems == []
        assert [question.spec for question in again] == [question.spec for question in ours]
