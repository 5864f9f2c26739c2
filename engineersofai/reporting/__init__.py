"""What ``loadlessons`` says: for people, for tools as JSON, and for the annotations of a pull request."""

from engineersofai.reporting.annotating import annotate
from engineersofai.reporting.diagnostics import Fold, fold, tally
from engineersofai.reporting.documents import as_document
from engineersofai.reporting.outcome import Outcome
from engineersofai.reporting.places import Places, checkout
from engineersofai.reporting.summary import summary

__all__ = ["Fold", "Outcome", "Places", "annotate", "as_document", "checkout", "fold", "summary", "tally"]
