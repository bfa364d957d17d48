"""What needs Django, on one of the bench's databases, in a process of its own:

`python -m tests.bench.inside fill 100000` and so on; prints one line of JSON at its end. Its
environment is the database's, see `data.Dataset`.
"""

import json
import os
import sys
import time
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.apps import apps  # noqa: E402 (Django must be set up first)
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from letters import search  # noqa: E402
from letters.gallery.gallery import PER_PAGE, cursors  # noqa: E402
from letters.intake import token  # noqa: E402
from letters.models import DecisionMaker, Letter, Submission  # noqa: E402
from portal import tree  # noqa: E402
from portal.models import Job  # noqa: E402
from tests.bench import bulk  # noqa: E402
from tests.bench.letter_form import KIND, WHERE, filled_in  # noqa: E402

GALLERY = "/en/letters/"
SOUGHT = {"en": "you", "ar": "أنت"}
FILTERS = [
    [],
    ["language"],
    ["kind"],
    ["decision_maker"],
    ["campaign"],
    ["language", "kind"],
    ["language", "decision_maker"],
    ["language", "campaign"],
    ["kind", "campaign"],
    ["decision_maker", "campaign"],
    ["language", "kind", "campaign"],
    ["language", "decision_maker", "campaign"],
]


def pages():
    """{name: address} of the pages that have a budget."""
    words = Letter.objects.public().filter(picture=None, language="en", hidden=False)
    return {
        "home": "/en/",
        "gallery": GALLERY,
        "letter": words.latest("pk").address,
        "form": "/en/write/decision-maker/",
    }


def shown():
    """Addresses of a page of every kind, in English and Arabic."""
    found = []
    for code in ("en", "ar"):
        letters = Letter.objects.public().filter(language=code, picture=None)
        found += [f"/{code}/", f"/{code}/write/decision-maker/", letters.latest("pk").address]
        for kind in ("campaigns.CampaignPage", "campaigns.ActionPage", "safety.SafetyGuidePage"):
            pages = apps.get_model(kind).objects.live().filter(locale__language_code=code)
            found.append(tree.current().address(pages.order_by("path").first()))
        gallery = apps.get_model("letters.LetterIndexPage").objects.get(locale__language_code=code)
        address = tree.current().address(gallery)
        found += [address, f"{address}?{urlencode({'q': SOUGHT[code]})}"]
    return found


def views():
    """{"language, halfway": address}: the gallery in every combination of filters, its first page,
    one in the middle, and one of the oldest. Those that have too few letters for a full page are
    left out: at 1,000 letters they would be cheaper. Older pages have one picture each."""
    campaigns = list(apps.get_model("campaigns", "CampaignPage").objects.live().order_by("pk"))
    maker = DecisionMaker.objects.filter(locale__language_code="en").order_by("pk").first()
    columns = {
        "language": ("language", "en"),
        "kind": ("kind", "decision-maker"),
        "decision_maker": ("decision_maker_id", maker.pk),
        "campaign": ("campaign_key", campaigns[0].translation_key),
    }
    in_address = {
        "language": "en",
        "kind": "decision-maker",
        "decision_maker": maker.slug,
        "campaign": str(campaigns[0].translation_key),
    }
    found = {}
    for names in FILTERS:
        fitting = Letter.objects.public().filter(**dict(columns[name] for name in names))
        rows = list(fitting.order_by("-pk").values_list("pk", "picture_id"))
        label = " + ".join(names).replace("decision_maker", "addressee") or "all"
        query = {name: in_address[name] for name in names}
        if len(rows) > PER_PAGE:
            found[f"{label}, first page"] = _address(query)
        if len(rows) > 4 * PER_PAGE:
            for depth, start in (("halfway", len(rows) // 2), ("oldest", len(rows) - PER_PAGE)):
                before = cursors.sign(_newest_before(rows, start))
                found[f"{label}, {depth}"] = _address(query | {"before": before})
    return found


def _newest_before(rows, start):
    """The key after which a page of letters with one picture begins, at `start` or newer."""
    for at in range(start, 0, -1):
        if sum(picture is not None for _key, picture in rows[at : at + PER_PAGE]) == 1:
            return rows[at - 1][0]
    raise ValueError("No page of the gallery has exactly one picture.")


def _address(query):
    return GALLERY + (f"?{urlencode(query)}" if query else "")


def alone(rounds):
    """The milliseconds of each of the searches by itself, without the page around it."""
    found = []
    for number in range(int(rounds) + 1):
        for _sort, address in searches():
            asked = QueryDict(address.partition("?")[2])
            names = {name: asked[name] for name in ("language", "kind") if name in asked}
            before = cursors.unsign(asked["before"]) if "before" in asked else None
            query = search.Query.of(asked["q"])
            begin = time.perf_counter()
            search.find(query, names, before=before and int(before))
            if number:  # the first time the machine's memory learns
                found.append((time.perf_counter() - begin) * 1000)
    return found


def searches():
    """[(sort, address)]: what people type, newest first; from words that nearly every letter
    has to words that none has, alone, together, begun, quoted, within filters, older pages."""
    words = bulk.vocabulary()
    chosen = [words[rank] for rank in bulk.RANKS]
    asked = [("a word", word) for word in chosen]
    asked += [("the beginning of a word", word[:3]) for word in chosen]
    asked += [("two words", f"{one} {two}") for one in chosen[:4] for two in chosen[3:]]
    asked += [("a phrase", f'"{one} {two}"') for one in chosen[:4] for two in chosen[1:5]]
    asked += [("signs without spaces", "".join(bulk.HAN[at : at + 2])) for at in (0, 3, 40, 300)]
    asked += [("nothing", "qqxjw"), ("nothing", f"{chosen[0]} qqxjw")]
    asked += [("a word of old letters", text) for text in (bulk.OLD, f"{bulk.OLD} {chosen[0]}")]
    found = [(sort, _address({"q": text})) for sort, text in asked]
    for word in chosen:
        for query in ({"language": "hi"}, {"kind": "survivor", "language": "ar"}):
            found.append(("a word, filtered", _address({"q": word, **query})))
    middle = Letter.objects.public().order_by("-pk").values_list("pk", flat=True)
    middle = middle[Letter.objects.count() // 2]
    for word in chosen:
        found.append(("a word, halfway", _address({"q": word, "before": cursors.sign(middle)})))
    return found


def queries():
    """{page: number of queries} in a process that has been running for a while."""
    client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=True)
    found = {}
    for name, address in pages().items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            raise ValueError(f"{address} answers {answer.status_code}")
        found[name] = len(asked)
    before = marks()
    for _time in range(2):  # the first one finds nothing in memory
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(WHERE, filled_in(token.mint(KIND).signed))
        if answer.status_code != 200 or b'id="receipt"' not in answer.content:
            raise ValueError(f"A letter was answered with {answer.status_code}")
        found["submission"] = len(asked)
    forget(*before)
    return found


def tokens(count):
    """So many letters may be sent with these."""
    minted = (token.mint(KIND) for _number in range(int(count)))
    return [each.signed for each in minted]


def marks():
    """The newest rows that a letter makes, see `forget`."""
    newest = [model.objects.order_by("-pk").first() for model in (Submission, Job)]
    return [row.pk if row else 0 for row in newest]


def forget(submission, job):
    """Take away what came after the marks; says how many letters that were."""
    Job.objects.filter(pk__gt=int(job)).delete()
    return (
        Submission.objects.filter(pk__gt=int(submission)).delete()[1].get(Submission._meta.label, 0)
    )


def fill(count):
    bulk.fill(int(count))


def speak(count):
    bulk.speak(int(count))


COMMANDS = [alone, pages, shown, views, searches, queries, tokens, marks, forget, fill, speak]

if __name__ == "__main__":
    if not settings.DEMO:
        sys.exit("This is for databases of the bench only.")
    name, *arguments = sys.argv[1:]
    command = {command.__name__: command for command in COMMANDS}[name]
    print(json.dumps(command(*arguments)))
