"""What the desk points at in a letter: where, why, and in which order."""

import pytest

from letters.desk import flags
from letters.intake import traces, watched
from letters.models import Submission, WordList
from tests.letters.submissions import waiting

LONG = "When I was small my mother told me that the sea listens to everybody who speaks to it. "


def marked(submission):
    """[(kind, the text at its place)]"""
    return [
        (place.kind, getattr(submission, place.field)[place.start : place.end])
        for place in flags.of(submission).places
    ]


def codes(submission):
    return [notice.code for notice in flags.of(submission).notices]


def test_what_tells_who_somebody_is_is_marked_in_every_text(db):
    letter = waiting(
        title="To joan@example.org",
        words="My name is Joan Smith, I live at 12 Baker Street. Call +44 20 7946 0958.",
        signature="Ana, https://example.org/ana",
        addressee="Mrs Jones, 5 Elm Road",
    )
    assert marked(letter) == [
        ("email", "joan@example.org"),
        ("name", "Joan Smith"),
        ("address", "12 Baker Street"),
        ("phone", "+44 20 7946 0958"),
        ("link", "https://example.org/ana"),
        ("address", "5 Elm Road"),
    ]


def test_how_she_signs_is_no_flag(db):
    assert marked(waiting(signature="My name is Joan Smith")) == []


def test_each_flag_says_what_readers_would_see_instead(db):
    letter = waiting(words="My name is Joan, call +44 20 7946 0958 at 12 Baker Street.")
    values = [place.value for place in flags.of(letter).places]
    assert [value.rpartition(":")[2] for value in values] == ["name", "contact", "place"]
    assert values[0] == "words:11-15:name"


@pytest.mark.parametrize(
    ("language", "watched_words", "text", "found"),
    [
        ("en", "kill", "He would KILL me, she was skilled.", ["KILL"]),
        ("es", "corazon", "Mi corazón, mi Corazo\u0301n.", ["corazón", "Corazo\u0301n"]),
        ("es", "te voy a matar", "Dijo: te voy a matar.", ["te voy a matar"]),
        ("ar", "سكين", "جاء بالسِّكِّين إليّ", ["بالسِّكِّين"]),
        ("zh-hans", "刀", "他拿着刀来了", ["刀"]),
        ("hi", "चाकू", "उसके पास चाकू था।", ["चाकू"]),
        ("en", "ﬁre", "They set fire to it.", ["fire"]),
    ],
)
def test_words_that_editors_watch_for_are_marked_where_they_stand(
    db, language, watched_words, text, found
):
    WordList.objects.update_or_create(language=language, defaults={"words": watched_words})
    lines = watched.lines(language)
    assert [text[start:end] for start, end in watched.spans(text, lines)] == found
    assert ("watched", found[0]) in marked(waiting(language=language, words=text))


def test_marked_words_are_said_once(db):
    WordList.objects.update_or_create(language="en", defaults={"words": "kill"})
    letter = waiting(words="He would kill me.", held=["watched-words"])
    assert codes(letter) == ["marked"]
    assert codes(waiting(words="Nothing.", held=["watched-words"])) == ["watched-words"]


def test_what_endangers_somebody_stands_before_what_machines_do(db):
    held = ["flood", "honeypot", "alike", "appeal", "refused-picture"]
    letter = waiting(words="Call +44 20 7946 0958.", held=held, with_picture=True)
    assert codes(letter) == [
        *("marked", "refused-picture", "appeal", "picture-words", "alike"),
        *("honeypot", "flood"),
    ]


def test_a_picture_whose_words_were_written_down_is_no_flag(db):
    letter = waiting(with_picture=True)
    assert codes(letter) == ["picture-words"]
    letter.transcript = "Dear you"
    assert codes(letter) == []


def test_a_notice_leads_to_the_first_mark_of_its_kind(db):
    letter = waiting(words="My name is Joan. Call +44 20 7946 0958 or +44 20 7946 0959.")
    (notice,) = flags.of(letter).notices
    links = [(str(link.words), link.address, link.count) for link in notice.links]
    assert links == [("a phone number", "#desk-flag-2", 2), ("a name", "#desk-flag-1", 1)]


def test_letters_that_are_nearly_the_same_are_linked_five_at_most(db):
    others = [waiting(words=LONG * 3 + f"Number {n}.") for n in range(7)]
    letter = waiting(words=LONG * 3)
    stranger = waiting(
        words="Quite another text about bread, salt and the long winter we had. " * 3
    )
    for one in [*others, letter, stranger]:
        traces.look(one.pk)
    letter.refresh_from_db()
    (notice,) = flags.of(letter).notices
    assert notice.code == "alike"
    pages = {f"/admin/desk/{other.pk}/" for other in others}
    assert len(notice.links) == 5
    assert {link.address for link in notice.links} < pages


def test_the_first_of_two_letters_is_told_of_the_second(db):
    first = waiting(words=LONG * 3)
    traces.look(first.pk)
    second = waiting(words=LONG * 3)
    traces.look(second.pk)
    (notice,) = flags.of(Submission.objects.get(pk=first.pk)).notices
    assert [link.address for link in notice.links] == [f"/admin/desk/{second.pk}/"]


def test_letters_in_another_language_and_erased_ones_are_not_linked(db):
    letter = waiting(words=LONG * 3)
    spanish = waiting(words=LONG * 3, language="es")
    gone = waiting(words=LONG * 3)
    for one in (letter, spanish, gone):
        traces.look(one.pk)
    Submission.objects.filter(pk=gone.pk).update(erased=True)
    letter.refresh_from_db()
    letter.held = []
    assert codes(letter) == []


def test_flags_cost_three_queries_however_many_letters_are_alike(db, django_assert_max_num_queries):
    for _n in range(12):
        traces.look(waiting(words=LONG * 3, with_picture=True).pk)
    letter = Submission.objects.order_by("pk").last()
    with django_assert_max_num_queries(3):
        assert len(flags.of(letter).notices[1].links) == 5


def test_names_of_others_are_pointed_at_where_they_stand(db):
    letter = waiting(
        title="To my neighbour Gregory Ashdown",
        words="My name is Joan Smith. My boss Karl and Dr Amina Okoye know. Yours, Rosa Quispe",
        signature="Rosa Quispe",
        addressee="Mrs Jones",
    )
    assert marked(letter) == [
        ("third-person", "Gregory Ashdown"),
        ("name", "Joan Smith"),
        ("third-person", "Karl"),
        ("third-person", "Amina Okoye"),
    ]
    place = flags.of(letter).places[0]
    assert (str(place.label), place.value) == ("perhaps somebody’s name", "title:16-31:name")


def test_the_decision_maker_a_letter_is_to_is_no_third_person(db):
    words = "Dear Minister Okafor and Ms Ilse Brandt,\n\nMs Brandt promised. My boss Karl laughed."
    assert marked(waiting(kind="decision-maker", words=words)) == [("third-person", "Karl")]
    assert marked(waiting(kind="survivor", words="Dear Rosa,\n\nI read it.")) == [
        ("third-person", "Rosa")
    ]
    to_her = waiting(words="My doctor Ilse Brandt knows.", addressee="Dr Ilse Brandt")
    assert marked(to_her) == []


def test_watched_words_stay_where_they_are_a_name_too(db):
    WordList.objects.update_or_create(language="en", defaults={"words": "Ashdown"})
    assert marked(waiting(words="It was Gregory Ashdown who.")) == [("watched", "Ashdown")]


def test_a_name_alone_does_not_hide_that_a_number_was_seen(db):
    letter = waiting(words="My boss Karl.", held=["identifying"])
    assert codes(letter) == ["marked", "identifying"]


def test_a_picture_asks_in_plain_words_for_a_look(db):
    (notice,) = flags.of(waiting(with_picture=True)).notices
    assert "name somebody" in str(notice.words)
