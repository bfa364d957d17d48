from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"

    def ready(self):
        from portal.cache import watch
        from safety.models import Helpline

        watch.models(Helpline)
