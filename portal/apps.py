from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal import generation, languages, scheduling, strays, wipe  # noqa: F401 (they register clock tasks)
        from portal.cache import disk, front, news, watch  # noqa: F401 (clock tasks, a job)

        generation.watch()
        watch.start()
        languages.install_fallbacks()
