"""What she needs to send a letter herself. The site sends nothing and stores nothing."""

from datetime import date, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from letters.models import Channel, DecisionMaker, PendingPicture, Submission
from tests.letters.writer import WORDS

pytestmark = pytest.mark.one_database

FORM = "/en/write/decision-maker/"


@pytest.fixture
def office(site):
    office = DecisionMaker.objects.create(
        name="The Example Platform", slug="platform", kind="platform", locale=site.en.locale
    )
    today = timezone.now().date()
    old = today - timedelta(days=400)
    for kind, value, checked_on in [
        ("email", "care@example.org", today),
        ("form", "https://example.org/contact", today),
        ("post", "The Example Platform\n1 Example Street\nEXAMPLETOWN", today),
        ("account", "https://social.example/@platform", old),
    ]:
        Channel.objects.create(
            decision_maker=office,
            kind=kind,
            value=value,
            source="https://example.org/legal",
            checked_on=checked_on,
            checked_by="Ana",
        )
    return office


def kit(alice, **typed):
    alice.open(FORM).press(words=WORDS, decision_maker="platform", **typed)
    return alice.press(step="kit")


def test_a_kit_stores_nothing_and_sends_nothing(alice, office):
    kit(alice)
    assert alice.response.headers["Cache-Control"] == "no-store"
    assert not Submission.objects.exists() and not PendingPicture.objects.exists()
    assert not mail.outbox and not alice.client.cookies


def test_the_letter_is_there_to_copy_as_one_text(alice, office):
    kit(alice, title="To you", signature="Ana")
    field = alice.page.select_one("textarea#letter-text")
    assert field.has_attr("readonly")
    text = "To you\n\nDear friend,\n\nI believe you and I am with you.\n\nAlways\n"
    assert field.text.strip() == f"{text}Your words matter.\n\nAna"


def test_every_way_shows_its_source_and_when_it_was_checked(alice, office):
    ways = kit(alice).page.select(".way")
    assert [way.h3.text for way in ways] == ["E-mail", "Web form", "Post", "Public account"]
    assert all(way.select_one("a[href='https://example.org/legal']") for way in ways)
    assert all("checked on" in way.text for way in ways)
    assert ["Not verified" in way.text for way in ways] == [False, False, False, True]


def test_what_nobody_checked_for_a_year_drops_out_of_the_first_place(alice, office):
    office.channels.filter(kind="email").update(checked_on=timezone.now() - timedelta(days=366))
    ways = kit(alice).page.select(".way")
    assert ways[0].h3.text == "Web form"
    assert "Not verified" in ways[-1].text + ways[-2].text


def test_a_mail_link_holds_the_whole_letter(alice, office):
    link = kit(alice, title="To you").page.select_one("a[href^='mailto:']")["href"]
    parts = urlsplit(link)
    assert unquote(parts.path) == "care@example.org"
    asked = parse_qs(parts.query)
    assert asked["subject"] == ["To you"]
    assert "I believe you and I am with you.\r\n\r\nAlways" in asked["body"][0]
    assert len(link) <= 1_900


@pytest.mark.parametrize("words", ["a " * 1_000, "أ" * 400, "我" * 300])
def test_a_mail_link_that_would_be_cut_is_not_offered(alice, office, words):
    alice.open(FORM).press(words=words, decision_maker="platform").press(step="kit")
    assert alice.page.select_one("a[href^='mailto:']")["href"] == "mailto:care@example.org"
    assert "too long for a link" in alice.text


def test_their_form_opens_without_telling_where_she_came_from(alice, office):
    link = kit(alice).page.select_one("a[href='https://example.org/contact']")
    assert "noreferrer" in link["rel"] and "noopener" in link["rel"]


def test_printed_it_is_a_letter_with_their_address(alice, office):
    paper = kit(alice).page.select_one(".on-paper")
    assert "1 Example Street" in paper.text and "I believe you" in paper.text


def test_the_letter_is_saved_as_plain_text(alice, office):
    kit(alice, title="To you")
    answer = alice.post(step="file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert answer.content.decode().startswith("To you\n\nDear friend,")


def test_there_is_a_way_back_with_everything(alice, office):
    kit(alice, title="To you").press(step="check")
    assert alice.page.select_one("article.letter")
    assert alice.fields["title"] == "To you"


def test_somebody_who_is_not_listed_can_be_written_to(alice, office):
    alice.open(FORM).press(words=WORDS, addressee="Office of Things").press(step="kit")
    assert not alice.page.select(".way")
    assert alice.page.select_one("a[href^='mailto:?']")
    assert "Office of Things" in alice.page.select_one(".on-paper").text


def test_a_letter_to_a_survivor_comes_with_be_safe_in_its_language(alice, demo_tree):
    alice.open("/en/write/survivor/")
    alice.press(words="Te creo y estoy contigo, siempre. No estás sola.", language="es")
    alice.press(step="kit")
    attached = alice.page.select_one(".be-safe")
    assert (attached["lang"], attached["dir"]) == ("es", "ltr")
    assert "Cuídate" in attached.text and "Contraseñas" in attached.text
    assert "http://127.0.0.1" in attached.text  # an address that can be read on paper
    assert not alice.page.select("a[href^='mailto:']")
    copied = alice.page.select_one("#letter-text").text
    assert copied.strip().endswith("/es/helplines/") and "Cuídate" in copied
    saved = alice.post(step="file").content.decode()
    assert saved.endswith("/es/helplines/") and "Cuídate" in saved


@pytest.fixture
def demo_tree(site):
    from safety.models import SafetyGuidePage, SafetyIndexPage

    index = SafetyIndexPage(title="Cuídate", slug="cuidate", locale=site.es.locale)
    site.es.add_child(instance=index)
    guide = SafetyGuidePage(
        title="Contraseñas",
        slug="contrasenas",
        intro="Cómo elegirlas.",
        reviewed_on=date(2026, 11, 1),
        locale=site.es.locale,
    )
    index.add_child(instance=guide)


def test_after_sharing_she_can_still_send_it_and_shares_it_once(alice, office):
    alice.open(FORM).press(words=WORDS, decision_maker="platform", title="To you")
    alice.press(step="send", may_publish_words="on")
    first = alice.receipt
    alice.press()  # the only form of the page leads to the kit
    assert "To you" in alice.page.select_one("textarea#letter-text").text
    assert len(alice.page.select(".way")) == 4
    assert "Nothing of it stays with us" not in alice.text
    alice.press(step="check")
    assert alice.receipt == first
    assert Submission.objects.count() == 1
