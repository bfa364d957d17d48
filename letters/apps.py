from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self):
        # What they register: clock tasks, jobs and sitemap entries.
        from letters import counting, in_the_open, kept, models, retention, rotation  # noqa: F401
        from letters.search import index
        from portal import generation
        from portal.cache import watch

        # What is kept in memory: names of addressees, and what the team has set.
        generation.watched.extend([models.DecisionMaker, models.IntakeSwitch, models.WordList])
        generation.watched.extend([models.DeskPolicy, models.Reason, models.ModeratorProfile])
        kept.watch(models.Letter)
        watch.models(models.DecisionMaker, models.Reason, models.MonthInNumbers)
        post_migrate.connect(index.after_migrating, sender=self)
        from letters.desk import digest  # noqa: F401
        from letters.gallery import views  # noqa: F401
        from letters.intake import receive  # noqa: F401
        from letters.mail import arrive, timetable  # noqa: F401
