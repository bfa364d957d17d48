from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal import generation, languages, scheduling, strays, wipe  # noqa: F401 (they register clock tasks)

        generation.watch()
        languages.install_fallbacks()
