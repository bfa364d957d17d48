from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self):
        # What they register: clock tasks, jobs and sitemap entries.
        from letters import in_the_open, models, retention, rotation  # noqa: F401
        from portal import generation

        # What is kept in memory: names of addressees, and what the team has set.
        generation.watched.extend([models.DecisionMaker, models.IntakeSwitch, models.WordList])
        generation.watched.extend([models.DeskPolicy, models.Reason, models.ModeratorProfile])
        from letters.desk import digest  # noqa: F401
        from letters.gallery import views  # noqa: F401
        from letters.intake import receive  # noqa: F401
        from letters.mail import arrive, timetable  # noqa: F401
