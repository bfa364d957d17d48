from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "portal.translation"
    label = "translation"

    def ready(self):
        from portal import accounts
        from portal.translation import gate, sync

        accounts.watch()
        gate.install()
        sync.connect()
