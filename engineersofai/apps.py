from django.apps import AppConfig


class EngineersOfAIConfig(AppConfig):
    name = "engineersofai"
