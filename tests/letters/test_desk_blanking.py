"""Blanking out at the desk: words that readers never get."""

import re

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from letters import paper
from letters.desk import flags, marking
from letters.models import Letter, Submission
from tests.letters.submissions import waiting
from tests.markup import faults
from tests.people import person, signed_in

pytestmark = pytest.mark.one_database

DESK = "/admin/desk/"
WORDS = "My name is Joan Canary.\n\n## Then\nCall +44 20 7946 0958, dear.\nGood night."


def posted(**fields):
    """A QueryDict; lists stand for several values of a name."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def mark(submission):
    return marking.of(submission, flags.of(submission))


def publish(desk, letter, **fields):
    return desk.post(f"{DESK}{letter.pk}/publish/", {"seen": letter.seen, **fields})


def shown(blocks):
    """[(tag, text as a moderator reads it)]"""
    return [
        (
            block.tag,
            "".join(
                "\n" if piece.kind == "break" else piece.text
                for run in block.runs
                for piece in run.pieces
            ),
        )
        for block in blocks
    ]


def pieces(marked):
    lines = [marked.title, marked.addressee, marked.signature]
    for runs in [*lines, *(block.runs for block in marked.blocks)]:
        for run in runs:
            yield from run.pieces


# ------------------------------------------------------------------- the marked text


def as_readers_see(words):
    """[(tag, text)] of the public page of a letter."""
    html = re.findall(r"<(h3|p)>(.*?)</\1>", paper.html(words, heading_level=3), re.S)
    plain = [(tag, re.sub(r"<(?!br>).*?>", "", text).replace("<br>", "\n")) for tag, text in html]
    for entity, character in (
        *(("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&quot;", '"')),
        ("&amp;", "&"),
    ):
        plain = [(tag, text.replace(entity, character)) for tag, text in plain]
    return plain


@given(
    st.lists(
        st.sampled_from(
            ["## ", "\n", "\n\n", "a", " ", "🌻", "\u0301" * 7, "<b>", "⟦name⟧", "كلمة", "&", "\t"]
        ),
        max_size=25,
    ).map("".join)
)
def test_a_moderator_reads_the_paragraphs_that_readers_get(words):
    submission = Submission(words=words, language="en")
    marked = marking.of(submission, flags.Flags([], []))
    readers = as_readers_see(words)
    assert [tag for tag, _text in shown(marked.blocks)] == [tag for tag, _text in readers]
    for (_tag, hers), (_tag, theirs) in zip(shown(marked.blocks), readers, strict=True):
        assert "".join(hers.split()) == "".join(theirs.split())


@given(
    st.text("ab \n🌻é\u0301#+4<", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_every_piece_says_truly_where_it_stands(words, spans):
    submission = Submission(words=words, language="en")
    wanted = [["words", start, end, "name"] for start, end in spans]
    submission.redactions = marking.redactions.clean(submission, wanted)
    found = flags.Flags([flags.Place("words", 1, 4, "phone")] if len(words) > 4 else [], [])
    for piece in pieces(marking.of(submission, found)):
        if piece.kind == "text":
            at = int(piece.at.removeprefix("words:"))
            end = at + len(piece.text)
            assert words[at:end] == piece.text
            left_out = [spot for spot in submission.redactions if spot[1] < end and at < spot[2]]
            assert bool(piece.gap) == bool(left_out)


def test_flags_are_marked_with_why_in_words_that_a_screen_reader_says(desk):
    letter = waiting(words=WORDS, title="<script>Canary</script>", language="en")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert re.search(r'<mark [^>]*id="desk-flag-1"[^>]*>.*Joan Canary.*\(a name\)', page)
    assert re.search(r"<mark .*\+44 20 7946 0958.*\(a phone number\)", page)
    assert "<script>Canary" not in page
    assert "&lt;script&gt;Canary" in page
    assert faults(page) == []


def test_an_arabic_letter_keeps_its_language_and_direction_in_an_english_admin(desk):
    letter = waiting(words="اتصلي بي على +20 100 123 4567.", language="ar")
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert '<div data-marking lang="ar" dir="rtl">' in page
    assert '<bdi dir="ltr"><span data-at="words:13">+20 100 123 4567</span></bdi>' in page
    assert re.search(r'<bdi class="desk-why" lang="en[^"]*" dir="ltr">\(a phone number\)', page)


def test_what_is_left_out_already_is_a_gap_and_its_words_are_hidden(desk):
    letter = waiting(words=WORDS)
    letter.redactions = [["words", 11, 22, "name"]]
    letter.save()
    page = desk.get(f"{DESK}{letter.pk}/").content.decode()
    assert 'data-gap="words:11-22:name"' in page
    assert "[a name was left out]" in page
    assert '<span data-at="words:11" hidden>Joan Canary</span>' in page
    assert 'value="words:11-22:name" form="desk-publish" checked' in page


# --------------------------------------------------------------------- what is posted


def test_places_that_are_posted_become_redactions(db):
    letter = waiting(words="My 🌻 name is Joan.", title="To Joan")
    query = posted(redaction=["words:13-17:name", "title:3-7:name"])
    assert letter.words[13:17] == "Joan"
    assert marking.read(query, letter) == [["title", 3, 7, "name"], ["words", 13, 17, "name"]]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "words",
        "words:1",
        "words:5-2:name",
        "words:1-9999:name",
        "contact:0-4:name",
        "words:٣-٤:x",
    ],
)
def test_a_place_that_is_none_changes_nothing(db, value):
    assert marking.read(posted(redaction=value), waiting()) == []


def test_words_one_a_line_are_left_out_wherever_they_stand(db):
    letter = waiting(words="JOAN came.\nJoan’s  sister left.", title="To joan", signature="Ana")
    query = posted(blank_words="joan\r\n\r\njoan's sister", blank_reason="name")
    assert marking.read(query, letter) == [
        ["title", 3, 7, "name"],
        ["words", 0, 4, "name"],
        ["words", 11, 25, "name"],
    ]
    assert marking.not_found(query, letter) == []


def test_a_mistyped_word_is_told_and_nothing_is_published(desk):
    letter = waiting(words=WORDS)
    assert marking.not_found(posted(blank_words="Joanne\nJoan"), letter) == ["Joanne"]
    response = publish(desk, letter, blank_words="Joanne\nJoan", blank_reason="name")
    assert "Joanne" in response.content.decode()
    assert not Letter.objects.exists()
    assert 'value="words:11-15:name" form="desk-publish" checked' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "boxes"),
    [
        ({}, []),
        ({"box": ["0.1,0.2,0.3,0.1", "0,0,1,1"]}, [[0.1, 0.2, 0.3, 0.1], [0, 0, 1, 1]]),
        ({"box": ["nan,0,1,1", "1,1,1,1", "0,0,0,1", "1,2", "", "0.5,0.5,inf,1"]}, []),
        ({"box": "0.9,-1,5,0.1"}, [[0.9, 0, 0.1, 0.1]]),
        (
            {"box_left": "10", "box_top": "20,5", "box_width": "30", "box_height": "5"},
            [[0.1, 0.205, 0.3, 0.05]],
        ),
        # Rather too large than left out.
        ({"box_left": "10", "box_top": "", "box_width": "x", "box_height": ""}, [[0.1, 0, 0.9, 1]]),
        ({name: "" for name in ("box_left", "box_top", "box_width", "box_height")}, []),
    ],
)
def test_boxes_are_read_from_hidden_fields_and_from_numbers(fields, boxes):
    assert marking.read_boxes(posted(**fields)) == boxes


def test_boxes_come_back_on_the_page_as_they_were(desk):
    letter = waiting(with_picture=True, boxes=[[0.1, 0.205, 0.3, 0.05]])
    rows = desk.get(f"{DESK}{letter.pk}/").context["marked"].boxes
    fields = {f"box_{side}": [row[side] for row in rows] for side in rows[0]}
    assert marking.read_boxes(posted(**fields)) == letter.boxes


# ------------------------------------------------------------------------- published


def columns(model):
    """Every value of every row as one text."""
    return "\n".join(str(value) for row in model.objects.values_list() for value in row)


def test_blanked_out_words_are_in_no_column_of_the_public_letter(desk, amal):
    letter = waiting(
        words=WORDS, title="Canary title", signature="Canary Ana", addressee="Mrs Canary"
    )
    publish(desk, letter, blank_words="canary", blank_reason="name")
    assert "canary" not in columns(Letter).lower()
    public = Letter.objects.get()
    assert public.words == WORDS.replace("Canary", "⟦name⟧")
    assert (public.title, public.signature) == ("[…] title", "[…] Ana")
    assert public.was_redacted
    letter.refresh_from_db()
    assert letter.words == WORDS  # hers, until it is erased


def test_ticked_flags_are_left_out_without_a_script(desk, client):
    letter = waiting(words=WORDS)
    choices = desk.get(f"{DESK}{letter.pk}/").context["marked"].choices
    publish(desk, letter, redaction=[choice.value for choice in choices])
    public = Letter.objects.get()
    assert public.words == "My name is ⟦name⟧.\n\n## Then\nCall ⟦contact⟧, dear.\nGood night."


def test_the_second_person_sees_what_the_first_has_left_out(desk, client):
    bea = person("bea", "Moderators", reads=["en"])
    letter = waiting(words=WORDS, held=["alike"])
    publish(desk, letter, redaction="words:11-22:name")
    assert not Letter.objects.exists()
    signed_in(client, bea)
    page = client.get(f"{DESK}{letter.pk}/").content.decode()
    assert 'value="words:11-22:name" form="desk-publish" checked' in page
