from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        # Receivers run in the order in which they were connected: at a merge the answers have to move
        # before progress counts them.
        from quizzes import receivers as _answers_first  # noqa: F401, I001
        from progress import receivers  # noqa: F401
