"""Writes the ids that questions lack into their files, once and for all: attempts hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog.problems import ContentError
from catalog.textfiles import decode_text
from catalog.yamlsource import parse_yaml
from engineersofai.content import Prepared, prepare
from engineersofai.edits import Choices, lies_within
from engineersofai.writing import Unwritable, place_of, replace_file
from lessons.source import TrackSource
from quizzes.missing_ids import MissingId, missing_ids, missing_ids_in_page, with_ids
from quizzes.reading import YAML_SUFFIXES


def fix_ids(root: Path, choices: Choices, *, write: bool) -> Iterator[MissingId]:
    """Give every question of our own YAML that has no id one made of its prompt, in its file on disk.

    Yields what was inserted once its file is written, or with ``write`` false what would be. Files are
    replaced whole, and nothing else in them changes, line ends and byte order mark included. A second run
    finds nothing. No database is touched. Raises ``Unwritable``; what was yielded before stays written.
    """
    prepared = prepare(root, choices, stored=False)
    for track in prepared.tree.tracks:
        taken = set(_taken(track, prepared))
        for path, missing in _missing(track, prepared, taken):
            if missing and lies_within(path, choices.only, prepared.tree.files.prefix):
                if write:
                    _insert(prepared, path, missing)
                yield from missing


def _missing(
    track: TrackSource, prepared: Prepared, taken: set[str]
) -> Iterator[tuple[str, list[MissingId]]]:
    """Yield what each file of a track lacks; what is proposed is taken for the files after it."""
    for path, text in _quiz_files(track, prepared):
        found = missing_ids(text, path, taken=taken)
        taken |= {each.id for each in found}
        yield path, found
    for module in track.modules:
        for page in module.lessons:
            fences = _fences(page.path, prepared)
            found = missing_ids_in_page(page.text, page.path, fences, taken=taken) if fences else []
            taken |= {each.id for each in found}
            yield page.path, found


def _taken(track: TrackSource, prepared: Prepared) -> Iterator[str]:
    """Yield every id that is written in a track, faulty questions included."""
    texts = [text for _path, text in _quiz_files(track, prepared)]
    for module in track.modules:
        for page in module.lessons:
            texts += [text for _line, text in _fences(page.path, prepared)]
    for text in texts:
        try:
            data = parse_yaml(text, track.folder).data
        except ContentError:
            continue  # reported when it is read
        questions = data.get("questions") if isinstance(data, dict) else None
        for question in questions if isinstance(questions, list) else ():
            if isinstance(question, dict) and isinstance(question.get("id"), str):
                yield question["id"]


def _quiz_files(track: TrackSource, prepared: Prepared) -> Iterable[tuple[str, str]]:
    return [
        (path, text)
        for path, text in prepared.tree.texts.items()
        if path.endswith(YAML_SUFFIXES) and path.startswith(track.folder)
    ]


def _fences(path: str, prepared: Prepared) -> list[tuple[int, str]]:
    rendered = prepared.lessons.pages[path].rendered
    return [(fence.line, fence.text) for fence in rendered.quiz_fences if fence.kind == "yaml"]


def _insert(prepared: Prepared, path: str, missing: list[MissingId]) -> None:
    files = prepared.tree.files
    place = place_of(files.root, path.removeprefix(files.prefix))
    try:
        data = place.read_bytes()
    except OSError as error:
        raise Unwritable(f"{path}: {error.strerror or error}") from error
    if decode_text(data, path) != prepared.tree.texts[path]:
        raise Unwritable(f"{path}: changed while it was read")
    # Decoded with its mark and line ends, so that every other byte goes back as it came.
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(data[:2], "utf-8")
    replace_file(place, with_ids(data.decode(encoding), missing).encode(encoding))
