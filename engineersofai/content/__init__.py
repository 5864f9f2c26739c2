"""From a folder of content to a site: read, render and check everything, then write in one short transaction.

The only place that joins the readers and loaders of catalog, lessons and quizzes.
"""

from engineersofai.content.loading import Stale, load
from engineersofai.content.prepared import Prepared
from engineersofai.content.preparing import prepare, prepare_edit

__all__ = ["Prepared", "Stale", "load", "prepare", "prepare_edit"]
