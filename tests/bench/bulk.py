"""Letters by the hundred thousand and languages by the dozen, through the models. Runs where
Django is set up; the same seed gives the same letters."""

import random
from itertools import accumulate, islice

from django.apps import apps
from django.db import connection, transaction

from letters import counting
from letters.models import DecisionMaker, Letter
from letters.search import index

BATCH = 2000
LAST = 500
VOCABULARY = 20_000
OLD = "bygone"  # what half of the oldest letters speak of, and none since
RANKS = [1, 2, 10, 100, 1000, 5000, 15_000]  # of the words that are searched for
LANGUAGES = {"en": 40, "es": 20, "ar": 15, "fr": 15, "hi": 5, "zh-hans": 5}  # in a hundred
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
HAN = [chr(0x4E00 + number) for number in range(600)]
MORE_LANGUAGES = (  # to fifty
    "af am az be bg bn bs ca cs cy da de el et eu fa fi ga gl he hr hu hy id it ja ka kk km ko lt "
    "lv mk mn ms nb nl pl pt ro ru sk sl sq"
).split()


def vocabulary():
    """Made-up words; the number of the place says how rare one is."""
    draw = random.Random(7)
    words = {}
    while len(words) < VOCABULARY:
        words["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4)))] = None
    return list(words)


class Writing:
    """Texts whose words are as frequent as those of a language: the second half as the first."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.words = vocabulary()
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self.signs = list(accumulate(1 / (rank + 2) for rank in range(len(HAN))))

    def text(self, language):
        length = self.draw.randint(20, 100)
        if language == "zh-hans":
            signs = self.draw.choices(HAN, cum_weights=self.signs, k=length)
            return "，".join("".join(signs[at : at + 9]) for at in range(0, length, 9))
        words = self.draw.choices(self.words, cum_weights=self.weights, k=length)
        return " ".join(words[:30]) + ".\n\n" + " ".join(words[30:])

    def one(self, heavy, others):
        """The first of them most of the time: every filter has something at every size."""
        return heavy if self.draw.random() < 0.4 else self.draw.choice(others)


def letters(count):
    """So many unsaved letters. The first and the last ones are the same for every count, so that
    pages of them are."""
    for number, letter in enumerate(some_letters(count - LAST, seed=1)):
        if number < count // 4 and number % 2:
            letter.words += f" {OLD}"
        yield letter
    yield from some_letters(LAST, seed=2)


def some_letters(count, seed):
    """As one would get them: in all languages and of both kinds, a tenth with pictures, a third
    of a campaign, one in two hundred hidden."""
    writing = Writing(seed)
    draw = writing.draw
    pictures = list(
        Letter.objects.exclude(picture=None).order_by("pk").values_list("picture_id", flat=True)
    )
    campaigns = list(apps.get_model("campaigns", "CampaignPage").objects.live().order_by("pk"))
    english = DecisionMaker.objects.filter(locale__language_code="en").order_by("pk")
    makers = list(english.values_list("pk", flat=True))
    for _number in range(count):
        [language] = draw.choices(list(LANGUAGES), LANGUAGES.values())
        is_to_maker = draw.random() < 0.6
        words = writing.text(language)
        letter = Letter(
            kind="decision-maker" if is_to_maker else "survivor",
            decision_maker_id=writing.one(makers[0], makers) if is_to_maker else None,
            language=language,
            title=words.partition(" ")[0].capitalize() if draw.random() < 0.3 else "",
            words=words,
            signature=draw.choice(["", "", "A.", "Mina"]),
            picture_id=draw.choice(pictures) if draw.random() < 0.1 else None,
            campaign=writing.one(campaigns[0], campaigns) if draw.random() < 0.33 else None,
            hidden=draw.random() < 0.005,
        )
        letter.excerpt = letter.words[:200]
        yield letter


def fill(count):
    """Letters until there are `count`. The index is made when all are there, and in one go."""
    coming = letters(count - Letter.objects.count())
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if on_sqlite:
            cursor.execute("PRAGMA synchronous=OFF")
            index.remove(connection)
        else:
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("DROP INDEX letters_letter_search")
            cursor.execute("ALTER TABLE letters_letter DISABLE TRIGGER letters_letter_count")
        done = 0
        while batch := list(islice(coming, BATCH)):
            with transaction.atomic():
                Letter.objects.bulk_create(batch)
            done += len(batch)
            if done % 100_000 == 0:
                print(f"  {done:,} letters", flush=True)
        if not on_sqlite:
            cursor.execute("ALTER TABLE letters_letter ENABLE TRIGGER letters_letter_count")
            cursor.execute("SET maintenance_work_mem = '1GB'")
        index.install(connection)
        if on_sqlite:
            index.fill(connection)
    counting.count_anew()
    counting.add_up()
    settle()


def settle():
    """As a database is that has been running for a while: its planner knows the tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            index.wipe(connection)  # as every time a letter was erased
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("VACUUM (ANALYZE) letters_letter")
            cursor.execute("ANALYZE")


def speak(count):
    """Live home pages, with the safety section below, until there are so many languages."""
    from wagtail.models import Locale

    from tests.trees import publish

    home = apps.get_model("home", "HomePage").objects.get(locale__language_code="en")
    safety = home.get_children().type(apps.get_model("safety", "SafetyIndexPage")).first().specific
    there = set(Locale.objects.values_list("language_code", flat=True))
    wanted = [code for code in MORE_LANGUAGES if code not in there]
    for code in wanted[: count - len(there)]:
        locale = Locale.objects.create(language_code=code)
        publish(home.copy_for_translation(locale))
        publish(safety.copy_for_translation(locale))
    if Locale.objects.count() != count:
        raise ValueError(f"There are {Locale.objects.count()} languages, not {count}.")
