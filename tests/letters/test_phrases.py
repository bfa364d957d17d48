"""Where phrases stand in a text, and what is left of it without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import paper
from letters.phrases import blanked


@pytest.mark.parametrize(
    ("text", "phrase", "left"),
    [
        ("I am Ana. ANA!", "ana", "I am ⟦writer⟧. ⟦writer⟧!"),
        ("Call 0170 555, please", "0170 555", "Call ⟦writer⟧, please"),
        ("in the\nold house", "the old", "in ⟦writer⟧ house"),
        ("Straße und STRASSE", "strasse", "⟦writer⟧ und ⟦writer⟧"),
        ("It’s Ana’s", "ana's", "It’s ⟦writer⟧"),
        ("می‌خواهم مریم", "میخواهم", "⟦writer⟧ مریم"),
        ("وفاطمة هنا", "فاطمة", "و⟦writer⟧ هنا"),
        ("我叫小红。", "小红", "我叫⟦writer⟧。"),
        ("मेरा नाम सीता है", "सीता", "मेरा नाम ⟦writer⟧ है"),
        ("a.c abc", "a.c", "⟦writer⟧ abc"),
        ("aaa", "aa", "⟦writer⟧a"),
    ],
)
def test_a_phrase_is_found_however_it_is_typed(text, phrase, left):
    assert blanked(text, [phrase])[0] == left


def test_gaps_that_are_there_stay_as_they_are():
    text = "⟦name⟧ wrote a name: ⟦contact⟧"
    assert blanked(text, ["name", "contact"]) == (
        "⟦name⟧ wrote a ⟦writer⟧: ⟦contact⟧",
        {"name": 1, "contact": 0},
    )


def test_phrases_that_overlap_leave_one_gap_and_nothing_of_either():
    left, places = blanked("Ana María López", ["Ana María", "María López"])
    assert left == "⟦writer⟧"
    assert places == {"Ana María": 1, "María López": 1}


def test_in_a_single_line_dots_stand_for_it_and_take_no_more_room():
    assert blanked("To Ana, 7 of 7", ["Ana", "7"], one_line=True)[0] == "To […], … of …"


@given(st.text(alphabet="ab İßſ’⟦⟧\n", max_size=30), st.text(alphabet="abiİßs", max_size=3))
def test_nothing_is_left_of_a_phrase_and_nothing_else_is_lost(text, phrase):
    left, places = blanked(text, [phrase])
    assert sum(places.values()) == len(paper.GAP.findall(left)) - len(paper.GAP.findall(text))
    if phrase.strip() == phrase and phrase:
        assert phrase not in paper.GAP.sub("|", left)
