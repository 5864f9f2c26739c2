"""A checkpoint's figures: what its release says, overridden by what it says itself, each with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from catalog.problems import Problem
from catalog.reading.schema import ArchitectureEntry, CheckpointEntry, FiguresEntry, SourceNote
from catalog.yamlsource import DataPath, Mapped

GROUPS: dict[str, tuple[str, ...]] = {
    "parameters": ("parameters", "parameters_b", "vision_parameters_b"),
    "active-parameters": ("active_parameters_b",),
    "release": ("released", "release_basis"),
    "context": ("context_tokens", "context_native_tokens"),
    "license": ("license", "additional_licenses"),
    "training": ("training_tokens_t",),
    "languages": ("languages_count", "languages"),
    "architecture": tuple(key for key in ArchitectureEntry.model_fields if key != "tied_embeddings"),
    "embeddings": ("tied_embeddings",),
}
"""Keys of each group of figures; the last two stand under ``architecture``."""

_NESTED = ("architecture", "embeddings")


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of one group of figures, and where the file names it."""

    group: str
    source: str
    note: str
    position: int
    path: DataPath


def resolve_checkpoint(
    defaults: FiguresEntry, entry: CheckpointEntry, mapped: Mapped, path: DataPath
) -> tuple[dict[str, Any], list[Cited], list[Problem]]:
    """Return a checkpoint's columns, its citations, and what is wrong with them.

    ``path`` leads to the checkpoint; its release's defaults stand two steps up.
    """
    resolution = _Resolution(defaults, entry, mapped, path)
    return resolution.columns(), resolution.citations(), resolution.problems


class _Resolution:
    def __init__(
        self, defaults: FiguresEntry, entry: CheckpointEntry, mapped: Mapped, path: DataPath
    ) -> None:
        self.mapped = mapped
        self.path = path
        self.defaults_path: DataPath = (*path[:-2], "defaults")
        self.problems: list[Problem] = []
        self.own = _stated(entry)
        self.inherited = _stated(defaults)
        self.figures = {**self.inherited, **self.own}
        self.own_sources = _sources(entry)
        self.inherited_sources = _sources(defaults)

    def columns(self) -> dict[str, Any]:
        """Return the figures as columns, checked against each other."""
        get = self.figures.get
        self._check()
        exact = get("parameters")
        parameters = exact if exact is not None else _scaled(get("parameters_b"), 10**9) or 1
        full = get("layers_full")
        columns: dict[str, Any] = {
            key: get(key)
            for key in (*GROUPS["architecture"], "tied_embeddings")
            if key not in ("attention", "attention_pattern")
        }
        return columns | {
            "license": (get("license"),) if get("license") else None,
            "additional_licenses": frozenset((slug,) for slug in get("additional_licenses") or ()),
            "released": get("released"),
            "release_basis": get("release_basis") or "",
            "parameters": parameters,
            "parameters_exact": exact is not None,
            "active_parameters": _scaled(get("active_parameters_b"), 10**9),
            "vision_parameters": _scaled(get("vision_parameters_b"), 10**9),
            "context_tokens": get("context_tokens"),
            "context_native_tokens": get("context_native_tokens"),
            "training_tokens": _scaled(get("training_tokens_t"), 10**12),
            "reads_images": "images" in (get("reads") or ()),
            "reads_audio": "audio" in (get("reads") or ()),
            "languages_count": get("languages_count"),
            "languages": get("languages") or [],
            "attention": get("attention") or "",
            "attention_pattern": get("attention_pattern") or "",
            # A file that counts the layers of one kind counts them all.
            "layers_window": get("layers_window") if full is None else get("layers_window") or 0,
            "layers_linear": get("layers_linear") if full is None else get("layers_linear") or 0,
        }

    def citations(self) -> list[Cited]:
        """Return the sources of every group that has figures; a group without one is a problem."""
        found: list[Cited] = []
        for group, keys in GROUPS.items():
            stated = [key for key in keys if self.figures.get(key) is not None]
            own = [key for key in keys if key in self.own]
            if not stated:
                continue
            key = (own or stated)[0]
            names = {"group": group, "key": key}
            if group in self.own_sources:
                found += self._cited(group, self.own_sources[group], self.path)
            elif own:
                message = _("'%(key)s' has no source of its own") % names
                remedy = _("Add '%(group)s' to this checkpoint's 'sources'.") % names
                self._report(self._place(key), "no-source", message, remedy)
            elif group in self.inherited_sources:
                found += self._cited(group, self.inherited_sources[group], self.defaults_path)
            else:
                message = _("'%(key)s' has no source") % names
                self._report(
                    self._place(key), "no-source", message, _("Add '%(group)s' to 'sources'.") % names
                )
        return found

    def _cited(self, group: str, references: list[str | SourceNote], owner: DataPath) -> Iterator[Cited]:
        for index, reference in enumerate(references):
            path: DataPath = (*owner, "sources", group, index)
            if isinstance(reference, SourceNote):
                yield Cited(group, reference.id, reference.note, index, (*path, "id"))
            else:
                yield Cited(group, reference, "", index, path)

    def _check(self) -> None:
        get = self.figures.get
        if get("parameters") is None and get("parameters_b") is None:
            message = _(
                "a checkpoint needs 'parameters', or 'parameters_b' where only a rounded figure exists"
            )
            self._report(self.path, "missing-key", message)
        for key in ("structure", "layers", "hidden", "vocabulary"):
            if get(key) is None:
                message = _("the architecture lacks '%(key)s'") % {"key": key}
                self._report(self.path, "missing-key", message)
        self._check_experts()
        self._check_layers()
        if (get("released") is None) != (get("release_basis") is None):
            self._report(
                self._place("released"), "half-a-date", _("'released' and 'release_basis' go together")
            )
        total, active = _scaled(get("parameters_b"), 10**9), _scaled(get("active_parameters_b"), 10**9)
        total = get("parameters") or total
        if total and active and active > total:
            message = _("more parameters are active than there are")
            self._report(self._place("active_parameters_b"), "contradiction", message)
        native, context = get("context_native_tokens"), get("context_tokens")
        if native and context and native > context:
            message = _("the native context is larger than the context")
            self._report(self._place("context_native_tokens"), "contradiction", message)

    def _check_experts(self) -> None:
        get = self.figures.get
        experts, per_token = get("experts"), get("experts_per_token")
        if get("structure") == "moe":
            if experts is None or per_token is None:
                message = _("a mixture of experts needs 'experts' and 'experts_per_token'")
                self._report(self._place("structure"), "missing-key", message)
            elif per_token > experts:
                message = _("more experts per token than experts")
                self._report(self._place("experts_per_token"), "contradiction", message)
        elif experts is not None or per_token is not None:
            self._report(self._place("experts"), "contradiction", _("only a mixture of experts has experts"))

    def _check_layers(self) -> None:
        get = self.figures.get
        counts = [get(key) or 0 for key in ("layers_full", "layers_window", "layers_linear")]
        layers = get("layers")
        if layers is not None and sum(counts) > layers:
            message = _("the kinds of layers add up to %(sum)d of %(layers)d")
            message %= {"sum": sum(counts), "layers": layers}
            self._report(self._place("layers"), "contradiction", message)
        if get("layers_window") and not get("window"):
            message = _("layers that keep a window need 'window'")
            self._report(self._place("layers_window"), "missing-key", message)

    def _place(self, key: str) -> DataPath:
        """Return the path of a figure: in the checkpoint where it is stated there, else in the defaults."""
        owner = self.path if key in self.own or key not in self.inherited else self.defaults_path
        nested = any(key in GROUPS[group] for group in _NESTED)
        return (*owner, "architecture", key) if nested else (*owner, key)

    def _report(self, path: DataPath, code: str, message: str, remedy: str = "") -> None:
        self.problems.append(self.mapped.problem(path, code, message, remedy, at_key=True))


def _stated(entry: FiguresEntry) -> dict[str, Any]:
    """Return the figures that an entry states, the architecture's among them; a stated null counts."""
    top = {key for keys in GROUPS.values() for key in keys} | {"reads"}
    stated = _set_fields(entry, top & set(type(entry).model_fields) - {"architecture"})
    return stated | _set_fields(entry.architecture, set(ArchitectureEntry.model_fields))


def _set_fields(entry: BaseModel, keys: set[str]) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in entry.model_fields_set & keys}


def _sources(entry: FiguresEntry) -> dict[str, list[Any]]:
    fields = type(entry.sources).model_fields
    named = {field.alias or name: getattr(entry.sources, name) for name, field in fields.items()}
    return {group: references for group, references in named.items() if references}


def _scaled(number: float | None, factor: int) -> int | None:
    """Return a figure in billions or trillions as a whole number."""
    return None if number is None else round(number * factor)
