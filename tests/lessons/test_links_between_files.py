"""Links lead where they lead on GitHub: to pages, to folders, to the code beside a lesson."""

import pytest

from lessons.models import Lesson
from tests.trees import load, write_tree

pytestmark = pytest.mark.django_db

PAGE = "course/01-first/01-start.md"


def tree(text, **files):
    return {
        PAGE: f"# Start\n\n{text}\n",
        "course/01-first/02-next.md": "# Next\n\nMore.\n",
        "course/02-second/README.md": "# Second\n\nAll of it.\n",
        "course/02-second/01-deep.md": "# Deep\n\nDeeper.\n",
        "course/03-third/one/01-inner.md": "# Inner\n\nInside.\n",
        "course/03-third/two/01-outer.md": "# Outer\n\nOutside.\n",
        "course/01-first/code/ingest.py": "print('ingest')\n",
        **files,
    }


def html(root):
    return Lesson.objects.get(key="first/start").html


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("02-next.md", "/learn/course/first/next/"),
        ("02-next.md#more", "/learn/course/first/next/#more"),
        ("./02-next", "/learn/course/first/next/"),
        ("../02-second", "/learn/course/second/"),
        ("../02-second/", "/learn/course/second/"),
        ("../02-second/README.md", "/learn/course/second/"),
        ("../03-third/two/", "/learn/course/third/two/outer/"),
        ("..", "/learn/course/"),
        ("/first/02-next.md", None),
        ("/01-first/02-next.md", "/learn/course/first/next/"),
        ("/01-first/02-next", "/learn/course/first/next/"),
        ("/docs/01-first/02-next#more", "/learn/course/first/next/#more"),
        ("/models/", "/models/"),
    ],
)
def test_a_link_leads_to_the_page(tmp_path, target, address):
    said = load(write_tree(tmp_path, tree(f"[there]({target})")) / "course")

    assert ("broken link" in said) == (address is None)
    assert f'href="{address or target}"' in html(tmp_path)


def test_a_link_to_code_serves_it_as_plain_text(tmp_path, client):
    load(write_tree(tmp_path, tree("[code](code/ingest.py)")) / "course")
    url = html(tmp_path).partition('href="/assets/')[2].partition('"')[0]

    response = client.get(f"/assets/{url}")

    assert response.content == b"print('ingest')\n"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_link_to_a_folder_without_a_page_says_so(tmp_path):
    said = load(write_tree(tmp_path, tree("[code](code/)")) / "course")

    assert f"{PAGE}:3:8" in said
    assert "no page in the folder" in said


@pytest.mark.parametrize("name", ["01-start.quiz.yml", "_category_.yml"])
def test_what_the_site_reads_for_itself_is_never_served(tmp_path, name):
    """A question file holds the keys: a link to it must not publish them."""
    files = {
        "course/01-first/01-start.quiz.yml": (
            "questions:\n  - {id: a, type: truefalse, kind: recall, prompt: Secret., answer: true,"
            " reason_true: Yes., reason_false: No.}\n"
        ),
        "course/01-first/_category_.yml": "label: First\n",
    }
    said = load(write_tree(tmp_path, tree(f"[file]({name})", **files)) / "course")

    assert "broken link" in said
    assert "/assets/" not in html(tmp_path)


@pytest.mark.parametrize("target", ["/img/dot.svg", "/01-first/img/dot.svg", "img/dot.svg"])
def test_an_image_is_found_from_the_root_too(tmp_path, target):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
    files = {"course/img/dot.svg": svg, "course/01-first/img/dot.svg": svg}
    said = load(write_tree(tmp_path, tree(f"![A dot]({target})", **files)) / "course")

    assert "missing image" not in said
    assert 'src="/assets/' in html(tmp_path)


def test_an_image_from_the_root_that_is_not_there_is_told(tmp_path):
    said = load(write_tree(tmp_path, tree("![A dot](/img/none.png)")) / "course")

    assert f"{PAGE}:3:" in said
    assert "missing image" in said


def test_a_link_to_a_folder_passes_over_its_drafts(tmp_path):
    files = {"course/03-third/two/00-draft.md": "---\ndraft: true\n---\n# Draft\n"}
    load(write_tree(tmp_path, tree("[there](../03-third/two/)", **files)) / "course")

    assert 'href="/learn/course/third/two/outer/"' in html(tmp_path)


def test_an_address_without_its_scheme_is_told_what_it_lacks(tmp_path):
    said = load(write_tree(tmp_path, tree("Read [more](www.example.org/a).")) / "course")

    assert "01-start.md:3:13: broken link: no file 'course/01-first/www.example.org/a'" in said
    assert "Write 'https://www.example.org/a' if it is a website." in said


def test_a_video_that_becomes_a_link_is_told_what_to_do(tmp_path):
    said = load(write_tree(tmp_path, tree('<Youtube id="abc"/>')) / "course")

    assert "a video or page of elsewhere is shown as a link. Say in the text what it shows." in said
