from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"

    def ready(self):
        from portal.translation import sync

        sync.connect()
