"""The file-system rule for folders: modules, groups, wrappers, names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.folders import addresses, groups, read, track_of


def test_a_docusaurus_tutorial_stands_as_docusaurus_shows_it(tmp_path: Path) -> None:
    """The same names, positions, labels and titles as the tutorial that a new Docusaurus site begins with."""

    def page(position: int, title: str) -> str:
        return f"---\nsidebar_position: {position}\n---\n\n# {title}\n\nOur words.\n"

    generated = '"link": {"type": "generated-index"%s}'
    track = track_of(
        tmp_path,
        {
            "intro.mdx": page(1, "Tutorial Intro"),
            "tutorial-basics/_category_.json": '{"label": "Tutorial - Basics", "position": 2, '
            + generated % ', "description": "What matters most."'
            + "}",
            "tutorial-basics/congratulations.mdx": page(6, "Congratulations!"),
            "tutorial-basics/create-a-blog-post.mdx": page(3, "Create a Blog Post"),
            "tutorial-basics/create-a-document.mdx": page(2, "Create a Document"),
            "tutorial-basics/create-a-page.mdx": page(1, "Create a Page"),
            "tutorial-basics/deploy-your-site.mdx": page(5, "Deploy your site"),
            "tutorial-basics/markdown-features.mdx": page(4, "Markdown Features"),
            "tutorial-extras/_category_.json": '{"label": "Tutorial - Extras", "position": 3, '
            + generated % ""
            + "}",
            "tutorial-extras/img/docsVersionDropdown.png": "no page",
            "tutorial-extras/manage-docs-versions.mdx": page(1, "Manage Docs Versions"),
            "tutorial-extras/translate-your-site.mdx": page(2, "Translate your site"),
        },
    )

    assert [(module.title, module.description) for module in track.modules] == [
        ("Docs", ""),
        ("Tutorial - Basics", "What matters most."),
        ("Tutorial - Extras", ""),
    ]
    assert [[page.title for page in module.lessons] for module in track.modules] == [
        ["Tutorial Intro"],
        [
            "Create a Page",
            "Create a Document",
            "Create a Blog Post",
            "Markdown Features",
            "Deploy your site",
            "Congratulations!",
        ],
        ["Manage Docs Versions", "Translate your site"],
    ]
    assert addresses(track.modules[2])[0] == "tutorial-extras/manage-docs-versions"


def test_names_without_prefix_compare_their_numbers_as_numbers(tmp_path: Path) -> None:
    names = ["1", "2", "3", "3b", "4", "10", "chapter2", "chapter10", "Chapter11"]
    track = track_of(tmp_path, {f"m/{name}.md": f"# {name}" for name in reversed(names)})

    assert [page.title for page in track.modules[0].lessons] == names


def test_modules_stand_by_position_then_by_their_pages_position_then_by_prefix_then_by_name(
    tmp_path: Path,
) -> None:
    track = track_of(
        tmp_path,
        {
            "top.md": "---\nsidebar_position: 99\n---\n# Top",
            "zebra/_category_.yml": "position: -0.5\n",
            "zebra/x.md": "# X",
            "03-three/x.md": "# X",
            "by-page/index.md": "---\nsidebar_position: 1.5\n---\n# By page",
            "1-one/x.md": "# X",
            "part10/x.md": "# X",
            "part9/x.md": "# X",
        },
    )

    assert [module.key for module in track.modules] == [
        "docs",
        "zebra",
        "one",
        "by-page",
        "three",
        "part9",
        "part10",
    ]


class TestWrappers:
    """Folders that only say where pages lie."""

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            (["m/README.md", "m/lessons/2-b.md", "m/lessons/1-a.md"], ["m/a", "m/b"]),
            (["m/anything/a.md"], ["m/a"]),
            (["m/2-own.md", "m/lessons/1-a.md", "m/lessons/3-b.md"], ["m/a", "m/own", "m/b"]),
            (["m/1-own.md", "m/Lessons/2-a.md"], ["m/own", "m/a"]),
            (["m/g/x.md", "m/h/content/y.md"], ["m/g/x", "m/h/y"]),
            (["docs/1-m/a.md", "docs/2-n/lessons/b.md"], ["m/a", "n/b"]),
            (["README.md", "src/a.md"], ["a"]),
        ],
    )
    def test_give_no_level(self, tmp_path: Path, files: list[str], expected: list[str]) -> None:
        track = track_of(tmp_path, dict.fromkeys(files, "text"))

        lessons = [page for module in track.modules for page in module.lessons]
        assert [page.url_path.removeprefix("docs/") for page in lessons] == expected
        assert [page.key for page in lessons] == expected
        assert not any("lessons" in page.group.lower() for page in lessons)

    @pytest.mark.parametrize(
        ("files", "expected"),
        [
            (["m/1-own.md", "m/topic/a.md"], ["m/own", "m/topic/a"]),
            (["m/lessons/a.md", "m/labs/b.md"], ["m/labs/b", "m/lessons/a"]),
            (["m/lessons/index.md", "m/lessons/a.md"], ["m/lessons", "m/lessons/a"]),
            (["m/lessons/deep/a.md", "m/lessons/b.md"], ["m/lessons/b", "m/lessons/deep/a"]),
            (["m/a.md", "m/lessons/01-A.md"], ["m/a", "m/lessons/a"]),
            (["README.md", "docs/index.md", "docs/a.md"], ["docs/a"]),
            (["topic/a.md"], ["topic/a"]),
        ],
        ids=[
            "beside a page",
            "not alone",
            "has a page",
            "has folders",
            "would clash",
            "two indexes",
            "a module",
        ],
    )
    def test_are_told_from_groups(self, tmp_path: Path, files: list[str], expected: list[str]) -> None:
        track = track_of(tmp_path, dict.fromkeys(files, "text"))

        lessons = [page for module in track.modules for page in module.lessons]
        assert [page.url_path.removeprefix("docs/") for page in lessons] == expected

    def test_have_no_category_file(self, tmp_path: Path) -> None:
        track = track_of(tmp_path, {"m/lessons/a.md": "# A", "m/lessons/_category_.yml": "label: Lessons\n"})

        assert groups(track.modules[0]) == [("Lessons", "A")]


class TestGroups:
    """Folders below a module."""

    def test_are_labeled_and_ordered_at_any_depth(self, tmp_path: Path) -> None:
        track = track_of(
            tmp_path,
            {
                "m/index.md": "# M",
                "m/05-last.md": "# Last",
                "m/named/_category_.json": '{"label": "By file \\ud83d\\ude80", "position": 1}',
                "m/named/x.md": "# In named",
                "m/02-by-page/index.md": "---\nsidebar_position: 3\nsidebar_label: Short\n---\n# Long title",
                "m/02-by-page/1-x.md": "# In page",
                "m/04-plain_name/deep/2-y.md": "# Deep two",
                "m/04-plain_name/deep/1-x.md": "# Deep one",
                "m/04-plain_name/other/z.md": "# Other",
            },
        )

        assert groups(track.modules[0]) == [
            ("By file 🚀", "In named"),
            ("Short", "Long title"),
            ("Short", "In page"),
            ("Plain name / Deep", "Deep one"),
            ("Plain name / Deep", "Deep two"),
            ("Plain name / Other", "Other"),
            ("", "Last"),
        ]

    def test_lead_to_their_first_page_unless_a_page_stands_there(self, tmp_path: Path) -> None:
        track = track_of(
            tmp_path,
            {
                "m/0.md": "# M0",
                "m/g/_category_.yml": "link: {type: generated-index, slug: /all-of-g}\n",
                "m/g/a.md": "---\ndraft: true\n---\n# A draft",
                "m/g/b.md": "# B",
                "m/h/index.md": "# H",
                "m/i/j/x.md": "# X",
                "m/i/k/y.md": "# Y",
            },
        )

        found = {path: page.title for path, page in track.modules[0].redirects.items()}
        assert found == {
            "docs/m/g": "B",
            "docs/all-of-g": "B",
            "docs/m/i": "X",
            "docs/m/i/j": "X",
            "docs/m/i/k": "Y",
        }


def test_an_index_page_leaves_other_claimants_to_be_pages(tmp_path: Path) -> None:
    track = track_of(tmp_path, {"m/README.md": "# Readme", "m/index.md": "# Index", "m/m.md": "# M"})

    module = track.modules[0]
    assert module.index is not None
    assert module.index.title == "Index"
    assert addresses(module) == ["m/m", "m/readme"]


def test_a_readme_beside_a_page_of_its_folders_name_is_a_page(tmp_path: Path) -> None:
    files = {
        "m/a.md": "# A",
        "m/homework.md": "# Homework",
        "m/homework/README.md": "# Read me",
        "m/z/x.md": "# X",
    }
    track = track_of(tmp_path, files)

    assert addresses(track.modules[0]) == ["m/a", "m/homework", "m/homework/readme", "m/z/x"]


def test_a_folder_of_the_tracks_own_name_is_a_module_like_any_other(tmp_path: Path) -> None:
    track = track_of(tmp_path, {"a.md": "# A", "docs/x.md": "# X", "other/y.md": "# Y"})

    assert [(module.key, module.url_path) for module in track.modules] == [
        ("/docs", "docs"),
        ("docs", "docs/docs"),
        ("other", "docs/other"),
    ]


def test_question_files_are_no_pages(tmp_path: Path) -> None:
    track = track_of(
        tmp_path, {"m/a.md": "# A", "m/a.quiz.md": "- [x] yes", "m/b.gift": "", "m/c.quiz.mdx": ""}
    )

    assert addresses(track.modules[0]) == ["m/a"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("with some spaces", "with-some-spaces"),
        ("what? why # 100%", "what-why-100"),
        ("🎉", "1f389"),
        ("🎉 party", "party"),
        ("Füße", "füße"),
        ("第一章", "第一章"),
        ("a..b", "a..b"),
        ("x" * 240, "x" * 240),
    ],
)
def test_any_name_gives_an_address(tmp_path: Path, name: str, address: str) -> None:
    track = track_of(tmp_path, {f"m/{name}.md": "text", "m/b.md": "# B"})

    assert address in [page.url_path.removeprefix("docs/m/") for page in track.modules[0].lessons]


def test_names_that_differ_in_case_only_are_refused_by_name(tmp_path: Path) -> None:
    """A web address in two spellings would lead to two lessons, and on many disks there is room for one."""
    tree = read(tmp_path, {"m/Words.md": "# A", "m/words.md": "# B"})

    assert [(each.path, each.code) for each in tree.problems] == [("docs/m/words.md", "duplicate-slug")]
    assert "docs/m/Words.md" in tree.problems[0].remedy


def test_a_name_too_long_for_a_title_is_cut(tmp_path: Path) -> None:
    track = track_of(tmp_path, {f"{'n' * 240}/x.md": "# X"})

    assert track.modules[0].title == "N" + "n" * 199
