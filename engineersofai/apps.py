from django.apps import AppConfig
from django.core.checks import Tags, register


class EngineersOfAIConfig(AppConfig):
    name = "engineersofai"

    def ready(self) -> None:
        """Register what `check --deploy` looks at."""
        from engineersofai.checks import check_operation

        register(check_operation, Tags.security, deploy=True)
