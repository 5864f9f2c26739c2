"""Tracks, modules and lessons as readers meet them: fast, the same for all, and nothing shown too early."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Learner, User
from lessons.models import Asset
from tests.trees import LESSON, NUMBERS_URL, WORDS_URL, load, write_tree

pytestmark = pytest.mark.django_db

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="300"><title>x</title></svg>'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    load(write_tree(tmp_path))
    return tmp_path


def instructor() -> User:
    user = User.objects.create_user("ines", password="a long password")
    call_command("makeinstructor", "ines", verbosity=0)
    return user


@pytest.mark.parametrize(
    "url", [NUMBERS_URL, "/learn/course/first/", "/learn/course/", "/learn/", "/glossary/"]
)
def test_public_pages_set_no_cookie_hold_no_token_and_may_be_shared(
    course: Path, client: Client, url: str
) -> None:
    response = client.get(url)

    assert response.status_code == 200
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
    assert {part.strip() for part in response["Vary"].split(",")} >= {"Cookie", "HX-Request", "HX-Target"}


def test_a_public_lesson_costs_one_query(
    course: Path, client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get(NUMBERS_URL)
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get(NUMBERS_URL)


def test_a_learners_lesson_costs_five_queries_at_most(
    course: Path, client: Client, django_assert_max_num_queries: object
) -> None:
    user = User.objects.create_user("lee", password="a long password")
    Learner.objects.create(user=user)
    client.force_login(user)
    client.get(NUMBERS_URL)

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        response = client.get(NUMBERS_URL)

    assert response["Cache-Control"] == "private, no-cache"


def test_a_page_that_the_reader_has_is_not_sent_again(course: Path, client: Client) -> None:
    etag = client.get(NUMBERS_URL)["ETag"]

    response = client.get(NUMBERS_URL, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert response.content == b""


def test_the_etag_changes_with_the_page_and_not_with_the_key_of_a_question(
    course: Path, client: Client
) -> None:
    etag = client.get(NUMBERS_URL)["ETag"]
    quiz = course / "course/01-first/01-numbers.quiz.yml"
    quiz.write_text(quiz.read_text().replace("answer: true", "answer: false"))
    load(course)
    assert client.get(NUMBERS_URL)["ETag"] == etag

    (course / "course/01-first/01-numbers.md").write_text(LESSON + "\nMore.\n")
    load(course)
    assert client.get(NUMBERS_URL)["ETag"] != etag


def test_no_page_is_answered_with_the_kept_bytes_of_another(course: Path, client: Client) -> None:
    """A course may be named as a page of the site is."""
    names = ("glossary", "home", "learn")
    write_tree(course, {f"{name}/m/01-page.md": f"# Page of {name}\n" for name in names})
    load(course)
    urls = ["/", "/glossary/", "/learn/", *(f"/learn/{name}/" for name in names)]

    first = [client.get(url).content for url in urls]

    assert len(set(first)) == len(urls)
    assert [client.get(url).content for url in urls] == first


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_public_pages_are_compressed_ahead(course: Path, client: Client, encoding: str) -> None:
    plain = client.get(NUMBERS_URL)
    packed = client.get(NUMBERS_URL, headers={"Accept-Encoding": encoding})

    assert packed["Content-Encoding"] == encoding
    assert len(packed.content) < len(plain.content)
    assert packed["ETag"] == plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br;q=0", None), ("br; q=0.0, gzip;q=0.5", "gzip"), ("BR", "br"), ("identity, *;q=0", None)],
)
def test_an_encoding_that_the_reader_refuses_is_not_sent(
    course: Path, client: Client, accepted: str, encoding: str | None
) -> None:
    response = client.get(NUMBERS_URL, headers={"Accept-Encoding": accepted})

    assert response.get("Content-Encoding") == encoding


def test_drafts_are_for_instructors_only(course: Path, client: Client) -> None:
    (course / "course/01-first/01-numbers.md").write_text(
        LESSON.replace("id: numbers", "id: numbers\ndraft: true")
    )
    load(course)

    assert client.get(NUMBERS_URL).status_code == 404
    assert client.head(NUMBERS_URL).status_code == 404
    assert "Numbers" not in client.get("/learn/course/first/").content.decode()

    client.force_login(User.objects.create_user("lee", password="a long password"))
    assert client.get(NUMBERS_URL).status_code == 404

    client.force_login(instructor())
    response = client.get(NUMBERS_URL)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"


def test_unlisted_lessons_have_an_address_and_no_place_in_menus(course: Path, client: Client) -> None:
    (course / "course/01-first/01-numbers.md").write_text(
        LESSON.replace("id: numbers", "id: numbers\nunlisted: true")
    )
    load(course)

    assert client.get(NUMBERS_URL).status_code == 200
    assert NUMBERS_URL not in client.get("/learn/course/first/").content.decode()


def test_figures_are_served_by_their_hash_for_ever_and_can_do_nothing(course: Path, client: Client) -> None:
    write_tree(
        course,
        {
            "course/01-first/img/a.svg": SVG,
            "course/01-first/03-pictures.md": "# Pictures\n\n![A](img/a.svg)\n",
        },
    )
    load(course)
    asset = Asset.objects.get()

    page = client.get("/learn/course/first/pictures/").content.decode()
    assert f'src="{asset.get_absolute_url()}"' in page
    assert 'width="720"' in page
    response = client.get(asset.get_absolute_url())

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/assets/{asset.sha256}/other.svg").status_code == 404


@pytest.mark.parametrize("known", ['"{hash}"', 'W/"{hash}"', '"older", "{hash}"', "*"])
def test_a_figure_that_the_reader_holds_is_not_sent_again(course: Path, client: Client, known: str) -> None:
    page = "# Pictures\n\n![A](img/a.svg)\n"
    write_tree(course, {"course/01-first/img/a.svg": SVG, "course/01-first/03-pictures.md": page})
    load(course)
    asset = Asset.objects.get()
    first = client.get(asset.get_absolute_url())

    again = client.get(asset.get_absolute_url(), headers={"If-None-Match": known.format(hash=asset.sha256)})

    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Type" not in again.headers
    for name in ("ETag", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"):
        assert again[name] == first[name]


def test_a_figure_of_a_draft_is_not_served_to_learners(course: Path, client: Client) -> None:
    page = "---\ndraft: true\n---\n\n# Pictures\n\n![A](img/a.svg)\n"
    write_tree(course, {"course/01-first/img/a.svg": SVG, "course/01-first/03-pictures.md": page})
    load(course)

    assert client.get(Asset.objects.get().get_absolute_url()).status_code == 404
    client.force_login(instructor())
    seen = client.get(Asset.objects.get().get_absolute_url())
    assert seen.status_code == 200
    assert "private" in seen["Cache-Control"]


def test_the_glossary_lists_terms_with_sources(course: Path, client: Client) -> None:
    page = client.get("/glossary/").content.decode()

    assert 'id="byte"' in page
    assert "https://example.org/byte" in page


def test_previous_and_next_follow_the_order_of_the_module(course: Path, client: Client) -> None:
    assert f'href="{WORDS_URL}" rel="next"' in client.get(NUMBERS_URL).content.decode()
    assert f'href="{NUMBERS_URL}" rel="prev"' in client.get(WORDS_URL).content.decode()


@pytest.mark.parametrize("path", ["nowhere", "course/nowhere", "course/first/numbers/more", "%00", "a" * 500])
def test_an_address_that_leads_nowhere_is_not_found(course: Path, client: Client, path: str) -> None:
    assert client.get(f"/learn/{path}/").status_code == 404


def test_an_empty_site_still_answers(client: Client) -> None:
    assert client.get("/learn/").status_code == 200
    assert client.get("/glossary/").status_code == 200


def test_a_question_stands_in_a_lesson_as_a_link_without_its_options(course: Path, client: Client) -> None:
    page = client.get(NUMBERS_URL).content.decode()

    assert 'class="questions' in page
    assert "hx-get=" in page
    assert "Sixteen" not in page
    assert "By definition." not in page


@pytest.mark.parametrize(
    "text",
    [
        "# The title\n\nText.\n",
        "The title\n=========\n\nText.\n",
        "---\ntitle: The title\n---\n\n<!-- a note -->\n\n# The *title* {#here}\n\nText.\n",
        "import A from './a';\n\n# The title\n\nText.\n",
    ],
)
def test_a_title_stands_once(client, tmp_path, text):
    load(write_tree(tmp_path, {"course/01-first/01-page.mdx": text}) / "course")

    page = client.get("/learn/course/first/page/").content.decode()

    assert page.count("The title</h1>") == 1
    assert not re.search(r"<h2[^>]*>(?:(?!</h2>).)*title", page, re.DOTALL)


def test_a_heading_that_says_something_else_stays(client, tmp_path):
    text = "---\ntitle: The title\n---\n\n# Another\n\nText.\n\n# The title\n"
    load(write_tree(tmp_path, {"course/01-first/01-page.md": text}) / "course")

    page = client.get("/learn/course/first/page/").content.decode()

    assert 'id="another"' in page
    assert 'id="the-title"' in page


def test_a_title_that_is_hidden_is_still_read_aloud(client, tmp_path):
    text = "---\ntitle: The title\nhide_title: true\n---\n\nText.\n"
    load(write_tree(tmp_path, {"course/01-first/01-page.md": text}) / "course")

    page = client.get("/learn/course/first/page/").content.decode()

    assert '<h1 class="vh">The title</h1>' in page


def test_what_a_category_file_says_is_words_and_never_html(tmp_path: Path, client: Client) -> None:
    said = """<b hx-post='/accounts/logout/' hx-trigger='load'>x</b>"""
    keys = ("label", "description", "level")
    category = "".join(f'{key}: "{said}"\n' for key in keys) + f'prerequisites: ["{said}"]\n'
    write_tree(tmp_path, {"course/_category_.yml": category, "course/01-first/_category_.yml": category})
    load(write_tree(tmp_path, {"course/01-first/01-a.md": "# A\n", ".content-root": ""}))

    for url in ("/learn/", "/learn/course/", "/learn/course/first/", "/learn/course/first/a/"):
        html = client.get(url).content.decode()

        assert "<b hx-post" not in html
        assert "&lt;b hx-post" in html
