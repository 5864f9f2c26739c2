"""The pages of progress."""

from progress.views.dashboard import dashboard
from progress.views.home import home
from progress.views.lesson import lesson, position

__all__ = ["dashboard", "home", "lesson", "position"]
