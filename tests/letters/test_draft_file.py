"""A draft is a file of hers: it comes back whole, and nothing of it stays anywhere else."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from letters.intake import draft_file
from letters.models import PendingPicture, Submission
from tests.letters.writer import WORDS

pytestmark = pytest.mark.one_database


def saved(alice, **changes):
    return alice.post(**changes)


def chosen(data, name="notes.txt"):
    return SimpleUploadedFile(name, data, "text/plain")


def form_with(alice, file):
    """Alice opens the form another day and chooses the file."""
    return alice.open().press(step="continue", draft=file)


def draft_of(alice, **typed):
    alice.open()
    data = {**alice.fields, **typed}
    return alice.client.post("/en/write/survivor/draft/", data, headers=alice.headers)


def test_a_draft_is_saved_as_a_file_with_a_name_that_says_nothing(alice):
    answer = draft_of(alice, words=WORDS, title="To you")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies and not Submission.objects.exists()


def test_a_draft_comes_back_whole(alice):
    typed = {
        "title": "إليكِ",
        "words": WORDS + "\n\nमैं तुम्हारे साथ हूँ।\n\n我相信你",
        "signature": "Ana",
        "content_notes": ["threats", "hate"],
        "language": "en",
        "picture_alt": "My handwriting",
    }
    file = draft_of(alice, **typed).content
    form_with(alice, chosen(file))
    assert alice.response.status_code == 200
    assert {name: alice.fields[name] for name in typed} == typed
    assert not alice.page.select(".error-summary")


def test_a_row_of_dashes_may_be_a_title_and_stand_in_her_words(alice):
    typed = {"title": "-" * 20, "signature": "-" * 30, "words": f"One.\n{'-' * 20}\nTwo."}
    form_with(alice, chosen(draft_of(alice, **typed).content))
    assert {name: alice.fields[name] for name in typed} == typed


def test_how_to_reach_her_is_not_in_the_file(alice):
    alice.open().press(words=WORDS)
    file = alice.post(step="draft", contact="ana@example.org").content.decode()
    assert WORDS in file and "ana@example.org" not in file


def test_a_draft_is_saved_from_the_check_page_too(alice):
    alice.open().press(words=WORDS, title="To you")
    file = alice.post(step="draft").content
    assert form_with(alice, chosen(file)).fields["title"] == "To you"


def test_any_text_can_be_a_draft(alice):
    text = "Ich schrieb dies anderswo.\r\n\r\nZweiter Absatz [title]: nein"
    assert form_with(alice, chosen(text.encode())).fields["words"] == text.replace("\r\n", "\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_an_editor_made_of_it_is_read(alice, encoding):
    file = draft_of(alice, words=WORDS, title="To you").content.decode()
    changed = file.replace("\n", "\r\n").encode(encoding)
    form_with(alice, chosen(changed))
    assert (alice.fields["words"], alice.fields["title"]) == (WORDS, "To you")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Choose the file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "could not be read"),
        (b"a" * 400_001, "too large"),
    ],
)
def test_a_file_that_is_no_draft_leaves_the_form_as_it_is(alice, data, message):
    alice.open().press(step="continue", draft=chosen(data), words=WORDS)
    assert alice.response.status_code == 422
    assert message in alice.page.select_one("#id_draft_error").text
    assert message in alice.page.select_one(".error-summary").text
    assert alice.fields["words"] == WORDS
    assert not PendingPicture.objects.exists()


def test_a_draft_needs_no_letter_to_be_right(alice):
    """It is saved as it is: also empty, too long, or without an addressee."""
    answer = alice.client.post(
        "/en/write/decision-maker/draft/", {"words": "x" * 30_000}, headers=alice.headers
    )
    assert len(answer.content) > 30_000


@given(
    st.dictionaries(
        st.sampled_from(["title", "signature", "picture_alt", "addressee"]),
        st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
    ),
    st.text(st.characters(exclude_categories=["C"], include_characters="\n"), min_size=1),
)
def test_whatever_she_typed_is_what_is_read(fields, words):
    posted = QueryDict(mutable=True)
    posted.update({**fields, "words": words})
    file = draft_file.write(posted).encode()
    try:
        found = draft_file.read(file)
    except ValidationError:
        assert not words.strip()
        return
    assert found == {**{name: [text] for name, text in fields.items()}, "words": [words]}


def test_words_that_she_has_typed_already_are_kept_above_the_draft(alice):
    alice.open().press(step="continue", draft=chosen(b"From the file."), words="Typed just now.")
    assert alice.fields["words"] == "Typed just now.\n\nFrom the file."
