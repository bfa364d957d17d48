from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal import generation, languages, scheduling  # noqa: F401 (registers its clock task)

        generation.watch()
        languages.install_fallbacks()
