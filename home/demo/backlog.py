"""A desk with hundreds of letters on it, as a campaign leaves it: mostly plain words that one
moderator can decide; among the younger ones pictures, marks, and one text sent fourteen times.
"""

import secrets
from datetime import timedelta
from random import Random

from django.apps import apps
from django.contrib.auth import get_user_model
from django.utils import timezone

from home.demo import content, mailbag
from portal import outbox

DAYS = 12  # in which they came
CALM = 0.6  # of them, the oldest, are nothing but words
BURST = 14
# Of a hundred letters, how many are in a language; others share the rest.
SHARES = {"en": 44, "es": 22, "ar": 12, "fr": 8}
# Codes of HeldReason: what intake would say of how they came. What it says of their words follows
# from these; see `Writer.mark`.
MARKS = [
    ["watched-words"],
    ["too-fast"],
    ["rate"],
    ["many-links"],
    ["no-origin"],
    ["alike"],
    ["no-work", "too-fast"],
]
NEARLY_THE_SAME = 8  # letters; the rest of that mark have another
# Intake puts what looks made by machines a day behind.
A_DAY_BEHIND = {"rate", "no-work", "honeypot", "flood"}


def fill(count):
    """Bring the number of waiting letters to `count`; the same ones every time, as old as they
    are now. Returns how many were added."""
    model = apps.get_model("letters", "Submission")
    lacking = max(count - model.objects.waiting().count(), 0)
    # Who fills it up a second time gets other letters.
    writer = Writer(model, Random(count - lacking), lacking)  # noqa: S311
    watch(writer.texts)
    made = model.objects.bulk_create(writer.write(number) for number in range(lacking))
    mark_as_intake_does(model, writer.looked_at)
    share_among_two(model, made)
    return lacking


class Writer:
    def __init__(self, model, chance, count):
        self.model, self.chance, self.count = model, chance, count
        self.now = timezone.now()
        self.texts = content.read("queue.toml")
        self.others = {}
        for table in (one for file in content.read_all("letters") for one in file["letter"]):
            if table["language"] not in self.texts and table.get("words"):
                self.others.setdefault(table["language"], []).append(table)
        self.addressees = list(
            apps.get_model("letters", "DecisionMaker").objects.filter(
                locale__language_code=content.SOURCE
            )
        )
        self.pictures = sorted(path.name for path in (content.HERE / "pictures").glob("*.webp"))
        last = count if count >= 100 else 0
        self.bursting = set(range(last - BURST * 3, last, 3)) if last else set()
        self.used = set()
        self.identifying = set()  # words
        self.looked_at = []  # tokens of the letters of the same words, or nearly
        self.nearly = 0

    def write(self, number):
        language = self.language()
        came = self.now - timedelta(days=DAYS) * (1 - number / self.count)
        came -= timedelta(minutes=self.chance.randrange(5))
        letter = self.model(
            language=language,
            received=came,
            may_publish_words=True,
            may_quote=self.chance.random() < 0.4,
            may_translate=self.chance.random() < 0.7,
            token_hash=secrets.token_hex(32),
            receipt_hash=secrets.token_hex(32),
            **self.addressee(),
            **self.words(language),
        )
        if letter.words in self.identifying:
            letter.held = ["identifying"]
        if number in self.bursting:
            self.join_burst(letter)
        elif number > CALM * self.count:
            self.unsettle(letter, number)
        if self.chance.random() < 0.1:
            letter.contact = f"writer-{number}@letters.example"
        letter.due = came + timedelta(days=bool(A_DAY_BEHIND & set(letter.held)))
        return letter

    def language(self):
        shares = list(SHARES.values())
        others = sorted(self.others)
        weights = [*shares, *[(100 - sum(shares)) / len(others)] * len(others)]
        return self.chance.choices([*SHARES, *others], weights)[0]

    def addressee(self):
        if not self.addressees or self.chance.random() < 0.5:
            return {"kind": "survivor"}
        return {"kind": "decision-maker", "decision_maker": self.chance.choice(self.addressees)}

    def words(self, language):
        if language not in self.texts:
            first, second = self.chance.choices(self.others[language], k=2)
            halves = [first["words"].strip().split("\n\n")[0]]
            halves += [] if second is first else [second["words"].strip().split("\n\n")[-1]]
            return {"words": "\n\n".join(halves), "signature": second["signature"]}
        texts, kind = self.texts[language], self.chance.random()
        middle = "hard" if kind < 0.08 else "telling" if kind < 0.24 else "plain"
        if middle == "telling" and self.chance.random() < 0.25:
            middle = "naming" if "naming" in texts else "telling"
        names = ("beginnings", middle, "ends")
        parts = [self.chance.choice(texts[name]) for name in names]
        while tuple(parts) in self.used and self.chance.random() < 0.99:
            parts = [self.chance.choice(texts[name]) for name in names]
        self.used.add(tuple(parts))
        words = "\n\n".join(parts)
        if middle == "telling":
            self.identifying.add(words)
        return {"words": words, "signature": self.chance.choice(texts["signatures"])}

    def join_burst(self, letter):
        letter.language, letter.kind, letter.decision_maker = "en", "survivor", None
        letter.words, letter.signature, letter.held = self.texts["en"]["burst"], "", []
        self.looked_at.append(letter.token_hash)

    def unsettle(self, letter, number):
        what = number % 10
        if what == 0:
            letter.picture_name = mailbag.store(self.chance.choice(self.pictures))
            letter.may_publish_picture = True
            if number % 20 == 0:
                letter.words, letter.held = "", []
        elif what in (3, 7):
            self.mark(letter, MARKS[number % len(MARKS)])
        elif what == 5:
            letter.content_notes = [self.chance.choice(["violence", "threats", "stalking"])]
        elif what == 8 and number % 30 == 8:
            letter.may_publish_words = False
        elif what == 9:
            letter.way, letter.confirmed_with = "mail", secrets.token_hex(32)

    def mark(self, letter, marks):
        """With the words that the mark is about, where it is about words."""
        if marks == ["alike"] and self.nearly < NEARLY_THE_SAME:
            letter.language, letter.held = "en", []  # intake finds it
            self.put(letter, self.texts["en"]["nearly"])
            self.nearly += 1
            self.looked_at.append(letter.token_hash)
            return
        if marks == ["alike"]:
            marks = ["no-origin"]
        if marks == ["watched-words"]:
            self.put(letter, self.chance.choice(self.own_texts(letter)["watched"]))
            letter.content_notes = ["threats"]
        elif marks == ["many-links"]:  # asked about letters that come by mail
            self.put(letter, self.chance.choice(self.own_texts(letter)["linking"]))
            letter.way, letter.confirmed_with = "mail", secrets.token_hex(32)
        letter.held = [*letter.held, *marks]

    def own_texts(self, letter):
        if letter.language not in self.texts:
            letter.language = "en"
        return self.texts[letter.language]

    def put(self, letter, middle):
        texts = self.texts[letter.language]
        parts = [self.chance.choice(texts["beginnings"]), middle, self.chance.choice(texts["ends"])]
        letter.words, letter.held = "\n\n".join(parts), []
        letter.signature = self.chance.choice(texts["signatures"])


def watch(texts):
    """For the words that some letters are marked for; an editor's own lists stay."""
    model = apps.get_model("letters", "WordList")
    for language, found in texts.items():
        if words := found.get("watch_for"):
            values = {"words": "\n".join(words)}
            model.objects.get_or_create(language=language, defaults=values)


def mark_as_intake_does(model, tokens):
    for key in model.objects.filter(token_hash__in=tokens).order_by("due").values_list("pk"):
        outbox.enqueue("letters.traces", submission_id=key[0])
    outbox.drain()


def share_among_two(model, made):
    """One moderator has agreed to two of them; for one a lead is asked."""
    people = get_user_model().objects.filter(username__in=["moderator", "moderator-es"])
    people = {person.get_username(): person for person in people}
    keys = [row.pk for row in made if row.language in ("en", "es") and row.may_publish_words]
    rows = model.objects.filter(pk__in=keys, picture_name="").order_by("due")
    # What identifies somebody is left out by one person alone.
    marked = [row for row in rows if set(row.held) - {"identifying"} and not row.same_words]
    if len(people) == 2 and len(marked) > 2:
        for row in marked[:2]:
            row.approve(people["moderator-es"])
        question = content.read("queue.toml")["other"]["question"]
        marked[2].ask_lead(people["moderator"], question)
