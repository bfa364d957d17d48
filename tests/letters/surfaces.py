"""Everywhere that a letter can be seen, and what is seen of it there."""

import csv
import io
import json
import re
from datetime import date
from functools import cache

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import translation

from campaigns import models as campaigns
from letters.gallery import gallery, views
from letters.intake import picture
from letters.models import Letter, LetterIndexPage
from portal.picture import clean_picture
from tests.letters.submissions import waiting
from tests.portal.pictures import red_left_blue_right, saved
from tests.trees import child, publish


@cache
def small_picture():
    """As intake cleans it; once, because that takes a while."""
    return clean_picture(saved(red_left_blue_right(), "JPEG")).webp


class Marked:
    """A submission whose words, title and picture can be told from all others."""

    count = 0

    def __init__(self, consents, has_words=True, has_picture=True, **fields):
        Marked.count += 1
        number = Marked.count
        self.words, self.title, self.alt = (f"{x}{number}z" for x in ("words", "title", "alt"))
        self.submission = waiting(
            words=f"{self.words} and more" if has_words else "",
            title=self.title if has_words else "",
            picture_name=picture.store(small_picture()) if has_picture else "",
            picture_alt=self.alt if has_picture else "",
            **{f"may_publish_{x}": x in consents for x in ("words", "picture")},
            **{f"may_{x}": x in consents for x in ("quote", "translate")},
            **fields,
        )

    @property
    def letter(self):
        return Letter.objects.filter(submission=self.submission).first()


class Surfaces:
    """A small site with one gallery and one campaign, whose pages name every letter."""

    def __init__(self, site, client, monkeypatch):
        self.client = client
        self.gallery = child(site.en, LetterIndexPage, "Letters", slug="letters")
        index = child(site.en, campaigns.CampaignIndexPage, "Campaigns", slug="campaigns")
        self.campaign = child(
            index,
            campaigns.CampaignPage,
            "Sixteen days",
            slug="sixteen-days",
            starts=date(2026, 11, 25),
            ends=date(2026, 12, 10),
        )
        # All letters on one page: this is about which, not about how many.
        monkeypatch.setattr(gallery, "PER_PAGE", 200)
        monkeypatch.setattr(views, "FEED_LENGTH", 200)
        monkeypatch.setattr(campaigns, "LETTERS_SHOWN", 200)

    def feature(self, letters):
        """Put letters into a block of the campaign's page."""
        self.campaign.body = [("letters", {"title": "Read", "letters": letters})]
        publish(self.campaign)

    def look(self):
        """{surface: text} of what is the same for all letters."""
        campaign = BeautifulSoup(self.get(self.campaign.address), "html.parser")
        sections = {
            section.h2.get_text(): str(section) for section in campaign.select("section.letters")
        }
        seen = {
            "gallery": self.get(self.gallery.address),
            "feed": self.get("/en/letters.atom"),
            "sitemap": self.get("/sitemap-en-letters-1.xml", empty=404),
            "newest": sections.get("The newest letters", ""),
            "block": sections.get("Read", ""),
        }
        for purpose in ("quoting", "translation"):
            as_json, as_csv = exported(purpose, "json"), exported(purpose, "csv")
            assert json.loads(as_json) == [
                {name: cell.removeprefix("'") for name, cell in row.items()}
                for row in csv.DictReader(io.StringIO(as_csv))
            ]
            seen[purpose] = as_json
        return seen

    def get(self, address, empty=200):
        """empty: what it may answer where there is no letter."""
        answer = self.client.get(address)
        assert answer.status_code in (200, empty), address
        return answer.getvalue().decode()

    def of(self, marked, shared):
        """{surface: what of "letter", "words", "alt" and "title" is there} of one letter."""
        letter = marked.letter
        code = letter.code if letter else "no code at all"
        found = {name: pieces(text, marked, code) for name, text in shared.items()}
        for name in ("words", "alt"):
            text = self.get(f"{self.gallery.address}?q={getattr(marked, name)}")
            found[f"search for {name}"] = {"letter"} & pieces(text, marked, code)
        found["page"], found["head"] = self.page(marked, letter)
        found["preview"] = self.preview(marked, letter)
        found["files"] = self.files(letter)
        return found

    def page(self, marked, letter):
        if letter is None:
            return set(), set()
        answer = self.client.get(letter.address)
        if answer.status_code == 404:
            return set(), set()
        head, _body, body = answer.content.decode().partition("<body")
        names = {"words", "alt", "title"}
        return {"letter"} | pieces(body, marked, letter.code), pieces(head, marked, "") & names

    def preview(self, marked, letter):
        if letter is None:
            return set()
        with translation.override("en"):
            request = RequestFactory().get("/", headers={"host": "testserver"})
            answer = letter.serve_preview(request, "")
            return {"letter"} | pieces(answer.render().content.decode(), marked, letter.code)

    def files(self, letter):
        """How many files of its picture can be fetched."""
        if letter is None or letter.picture is None:
            return 0
        page = self.client.get(letter.address).content.decode()
        addresses = set(re.findall(r"/media/[^\s\"]+", page))
        return sum(self.is_there(address) for address in addresses)

    def is_there(self, address):
        answer = self.client.get(address)
        # Read to its end, it is closed as a server would.
        return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def pieces(text, marked, code):
    names = {"words": marked.words, "alt": marked.alt, "title": marked.title, "letter": code}
    return {name for name, mark in names.items() if mark and mark in text}


def exported(purpose, form, **options):
    out = io.StringIO()
    call_command("export_letters", "--for", purpose, format=form, stdout=out, **options)
    return out.getvalue()
