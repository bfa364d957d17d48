"""What a moderator corrects in a letter that readers see: as it stands now, wherever it stands, and
for good."""

import re

import pytest
from django.http import QueryDict

from letters.desk import marking
from letters.models import Letter, Submission
from letters.vocabulary import ContentNote
from tests.letters.submissions import waiting

DESK = "/admin/desk/"


def published(moderator=None, **fields):
    submission = waiting(**fields)
    submission.publish(moderator)
    return submission


def with_page(moderator=None, **fields):
    return published(moderator, with_picture=True, picture_alt="A page by Joan", **fields)


def now(submission):
    return Submission.objects.get(pk=submission.pk)


def text(response):
    return " ".join(response.content.decode().split())


def page_of(submission):
    return f"{DESK}decided/{submission.pk}/"


def as_shown(desk, submission):
    """What the form on its page sends, if she changes nothing."""
    response = desk.get(page_of(submission))
    form = response.context["correct_form"]
    facts = re.search(r'name="facts" value="(\w+)"', response.content.decode())[1]
    notes = [code for code in form["content_notes"].value() if code in ContentNote.values]
    others = {name: form[name].value() or "" for name in form.fields}
    return others | {"content_notes": notes, "facts": facts}


def correct(desk, submission, fields):
    return desk.post(f"{page_of(submission)}correct/", fields)


def posted(**fields):
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def test_a_page_that_is_an_hour_old_does_not_put_a_description_back(desk, amal):
    submission = with_page(amal)
    fields = as_shown(desk, submission)
    now(submission).blank_out(["Joan"])
    page = text(correct(desk, submission, fields | {"content_notes": ["hate"]}))
    assert "changed while you read it" in page
    letter = Letter.objects.get()
    assert "Joan" not in letter.picture_alt and letter.content_notes_codes == []
    again = as_shown(desk, submission) | {"content_notes": ["hate"]}
    assert correct(desk, submission, again).status_code == 302
    assert Letter.objects.get().content_notes_codes == ["hate"]


def test_the_words_that_she_wanted_to_leave_out_are_not_lost_then(desk, amal):
    submission = published(amal, words="Joan wrote to Quito.")
    fields = as_shown(desk, submission) | {"phrases": "Quito", "gap_reason": "place"}
    now(submission).correct(amal, content_notes=["hate"])
    response = correct(desk, submission, fields)
    form = response.context["correct_form"]
    assert (form["phrases"].value(), form["gap_reason"].value()) == ("Quito", "place")
    assert Letter.objects.get().words == "Joan wrote to Quito."
    facts = re.search(r'name="facts" value="(\w+)"', response.content.decode())[1]
    fields |= {"facts": facts, "content_notes": ["hate"]}
    assert correct(desk, submission, fields).status_code == 302
    assert Letter.objects.get().words == "Joan wrote to ⟦place⟧."


def test_a_form_without_what_it_was_read_with_changes_nothing(desk, amal):
    submission = with_page(amal)
    fields = as_shown(desk, submission) | {"picture_alt": "Another"}
    del fields["facts"]
    assert "changed while you read it" in text(correct(desk, submission, fields))
    assert Letter.objects.get().picture_alt == "A page by Joan"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content_notes", ["threats", "what Joan did"]),
        ("transcript", "Dear Joan"),
        ("picture_alt", "A page by Joan"),
    ],
)
def test_words_are_left_out_where_they_stand_beside_the_letter(desk, amal, field, value):
    submission = published(amal, with_picture=True, **{"picture_alt": "A page"} | {field: value})
    fields = as_shown(desk, submission) | {"phrases": "Joan"}
    assert correct(desk, submission, fields).status_code == 302
    assert "Joan" not in repr(Letter.objects.values().get())
    # Nor does it come back when the letter is published anew.
    desk.post(f"{page_of(submission)}put-back/")
    assert "Joan" not in repr(Submission.objects.filter(pk=submission.pk).values(field).get())
    now(submission).publish(amal)
    assert "Joan" not in repr(Letter.objects.values().get())


def test_they_are_left_out_of_a_picture_that_readers_do_not_see_just_now(desk, amal):
    submission = with_page(amal, words="Joan wrote.", transcript="Dear Joan")
    now(submission).allow({"words"})
    fields = as_shown(desk, submission) | {"phrases": "Joan"}
    assert correct(desk, submission, fields).status_code == 302
    submission = now(submission)
    assert submission.transcript == "Dear ⟦name⟧" and "Joan" not in submission.picture_alt


# ------------------------------------------------------------- while it is decided


def test_a_gap_in_a_transcript_stays_one(desk, amal):
    letter = waiting(with_picture=True, picture_alt="A page", transcript="Dear ⟦writer⟧,\nyou")
    fields = {"seen": letter.seen, "texts": letter.texts_seen, "picture_alt": "A page"}
    page = desk.get(f"{DESK}{letter.pk}/").context["submission"]
    fields |= {"transcript": page.transcript.replace("\n", "\r\n"), "shows_people": "no"}
    desk.post(f"{DESK}{letter.pk}/publish/", fields)
    assert Letter.objects.get().transcript == "Dear ⟦writer⟧,\nyou"


def test_other_brackets_make_no_gap(db):
    typed = "⟦name⟧ ⟦nobody⟧ ⟦⟧ ⟦writer\ufdd0name\ufdd1 \x00end"
    assert marking.read_transcript(posted(transcript=typed)) == "⟦name⟧ nobody  writername end"


@pytest.mark.parametrize(
    "fields",
    [
        {"content_notes": ["what Joan did"]},
        {"picture_alt": "A page by Joan"},
        {"transcript": "Dear Joan"},
    ],
)
def test_words_beside_the_letter_are_no_mistake_and_can_be_left_out(db, fields):
    letter = waiting(**fields)
    query = posted(blank_words="Joan\nMarisol", blank_reason="name")
    assert marking.not_found(query, letter) == ["Marisol"]
    assert "Joan" not in repr(marking.without(query, fields))


def test_what_she_types_now_is_what_is_looked_at(db):
    letter = waiting(picture_alt="A page by Joan", transcript="Dear Joan")
    query = posted(blank_words="Joan", picture_alt="A page", transcript="")
    assert marking.not_found(query, letter) == ["Joan"]
    query = posted(blank_words="Joan", blank_reason="name", transcript="Dear Joan")
    assert marking.read_transcript(query) == "Dear ⟦name⟧"


def test_what_is_published_beside_the_letter_is_without_the_words_to_leave_out(desk, amal):
    letter = waiting(
        with_picture=True, picture_alt="A page by Joan", content_notes=["what Joan did"]
    )
    fields = {"seen": letter.seen, "texts": letter.texts_seen, "shows_people": "no"}
    fields |= {"picture_alt": "A page by Joan", "transcript": "Dear Joan"}
    fields |= {"blank_words": "Joan", "blank_reason": "name"}
    desk.post(f"{DESK}{letter.pk}/publish/", fields)
    assert "Joan" not in repr(Letter.objects.values().get())


@pytest.mark.parametrize(
    ("box", "read"),
    [
        ("0.5,0.5,-0.2,0.1", [[0.3, 0.5, 0.2, 0.1]]),
        ("0.5,0.5,0.2,-0.1", [[0.5, 0.4, 0.2, 0.1]]),
        ("0.25,0.5,-0.5,-0.5", [[0, 0, 0.5, 0.5]]),
    ],
)
def test_a_box_drawn_from_its_other_corner_is_one_all_the_same(box, read):
    assert marking.read_boxes(posted(box=box)) == read


def test_of_too_many_boxes_none_is_left_out():
    many = [f"0.1,{n / 1000},0.1,0.001" for n in range(200)]
    assert len(marking.read_boxes(posted(box=many))) == 200
    boxes = marking.read_boxes(posted(box=[*many, "0.9,0.9,0.1,0.1"]))
    assert boxes[-1] == [0, 0, 1, 1]
