"""What was loaded from content files."""

from lessons.models.course import Lesson, Module, Page, RenderedText, Section, Track
from lessons.models.glossary import GlossaryTerm
from lessons.models.renderings import LoadedTree, Rendering
from lessons.models.texts import Asset, AssetPath, FactUse, Generation, ReplacedText, SourceFile

__all__ = [
    "Asset",
    "AssetPath",
    "FactUse",
    "Generation",
    "GlossaryTerm",
    "Lesson",
    "LoadedTree",
    "Module",
    "Page",
    "RenderedText",
    "Rendering",
    "ReplacedText",
    "Section",
    "SourceFile",
    "Track",
]
