from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self):
        # What they register: clock tasks, jobs and sitemap entries.
        from letters import retention  # noqa: F401
        from letters.models import DecisionMaker
        from portal import generation

        generation.watched.append(DecisionMaker)  # their names are kept in memory
        from letters.gallery import views  # noqa: F401
        from letters.intake import receive  # noqa: F401
