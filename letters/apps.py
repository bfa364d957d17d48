from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self):
        # What they register: clock tasks, jobs and sitemap entries.
        from letters import retention, rotation  # noqa: F401
        from letters.models import DecisionMaker, IntakeSwitch, WordList
        from portal import generation

        # What is kept in memory: names of addressees, the switch, the words to watch for.
        generation.watched.extend([DecisionMaker, IntakeSwitch, WordList])
        from letters.gallery import views  # noqa: F401
        from letters.intake import receive  # noqa: F401
        from letters.mail import arrive, timetable  # noqa: F401
