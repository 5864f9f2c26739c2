"""The pages of quizzes."""

from quizzes.views.attempts import attempt, history
from quizzes.views.taking import take_quiz

__all__ = ["attempt", "history", "take_quiz"]
