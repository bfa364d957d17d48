from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal import generation, languages

        generation.watch()
        languages.install_fallbacks()
