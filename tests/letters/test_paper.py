"""How plain words become what readers see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import paper
from letters.vocabulary import GapReason
from tests.markup import faults

TOWER = "e" + "\u0301" * 60
REAL = {
    "Vietnamese": "Những người phụ nữ không cô đơn nữa",
    "Vietnamese in pieces": unicodedata.normalize("NFD", "Những người phụ nữ không cô đơn"),
    "Thai": "ที่รัก เราเชื่อเธอ น้ำใจนี้",
    "Devanagari": "प्रिय, तुम अकेली नहीं हो। क्ष्म्य ज़िंदगी",
    "Hebrew with points and accents": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
    "Arabic with vowels": "أُحِبُّكِ يَا صَدِيقَتِي وَلَسْتِ وَحْدَكِ",
    "Tibetan": "བོད་སྐད་ སྙིང་རྗེ། རྒྱལ་མཚན་",
    "Myanmar": "ကျွန်တော် ကြွေးကြော်သည်",
    "Yoruba": "Ọ̀rẹ́ mi ọ̀wọ́n, ẹ̀tọ́ rẹ ni",
}


def test_an_empty_line_begins_a_paragraph_and_two_marks_a_heading():
    html = paper.html("Dear you,\n\n## Always\nWe believe you.\nAll of us.\n\n\nTake care.")
    assert html == (
        "<p>Dear you,</p>\n<h2>Always</h2>\n<p>We believe you.<br>All of us.</p>\n<p>Take care.</p>"
    )


def test_a_heading_needs_no_empty_line_before_it():
    html = paper.html("Dear you,\n## Always\nWe believe you.\n#\n##no")
    assert html == "<p>Dear you,</p>\n<h2>Always</h2>\n<p>We believe you.<br>#<br>##no</p>"


def test_a_heading_stands_at_the_level_that_the_page_has_room_for():
    assert paper.html("## Always", heading_level=3) == "<h3>Always</h3>"


def test_nothing_of_the_writers_is_markup():
    html = paper.html("## <b>x</b>\n<script>alert(1)</script>\n\n\"a\" & 'b' http://example.org/")
    assert "<b>" not in html and "<script" not in html and "<a" not in html
    assert "&lt;script&gt;" in html and "&amp;" in html and "&quot;" in html


@given(st.text(alphabet=st.sampled_from("<>&\"'#! \n/=abc⟦⟧-name\u0301\u202e")))
def test_whatever_was_typed_makes_valid_html_of_four_elements(words):
    html = paper.html(words)
    page = f"<!doctype html><html lang=en><head><title>x</title></head><body>{html}</body></html>"
    assert not faults(page)
    bare = html
    for tag in ("<p>", "</p>", "<h2>", "</h2>", "<br>", '<span class="gap">', "</span>"):
        bare = bare.replace(tag, "")
    assert "<" not in bare and ">" not in bare


def test_a_gap_says_what_was_left_out():
    html = paper.html("Her name is ⟦name⟧.")
    assert html == '<p>Her name is <span class="gap">[a name was left out]</span>.</p>'


def test_a_gap_of_an_unknown_kind_breaks_nothing():
    assert "[some words were left out]" in paper.html("⟦mystery⟧")
    assert paper.plain("⟦mystery⟧") == "[some words were left out]"


def test_blanked_words_are_gone_wherever_they_stand():
    words = "Ana lives in Lima. Ana is here."
    spans = [(0, 3, "name"), (13, 17, "place"), (19, 22, "name")]
    blanked = paper.blanked(words, spans)
    assert blanked == "⟦name⟧ lives in ⟦place⟧. ⟦name⟧ is here."
    assert paper.blanked(words, reversed(spans)) == blanked


def test_a_gap_needs_a_reason_of_ours():
    with pytest.raises(ValueError, match="<b>"):
        paper.blanked("Ana", [(0, 3, "<b>")])
    for reason in GapReason.values:
        assert paper.gap(reason) in paper.blanked("Ana", [(0, 3, reason)])


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u0e47", "\u0301\u200d"])
def test_a_tower_of_marks_is_cut(mark):
    html = paper.html("e" + mark * 60)
    assert sum(unicodedata.category(character) in ("Mn", "Me") for character in html) == 5
    assert len(paper.excerpt("e" + mark * 60).replace("\u200d", "")) <= 6


@pytest.mark.parametrize("text", REAL.values(), ids=REAL)
def test_real_languages_pass_untouched(text):
    assert paper.calm(text) == text


def test_an_excerpt_is_one_short_line():
    excerpt = paper.excerpt("## Always\nDear ⟦name⟧,\n\n" + "we believe you " * 60)
    assert excerpt.startswith("Always Dear […], we believe you")
    assert len(excerpt) <= 240 and excerpt.endswith("…")


def test_an_excerpt_fits_its_column_in_every_script():
    for text in ["प्रिय तुम्हें क्ष्म्य " * 40, "क्ष्म्य" * 100, "亲爱的你" * 100, "بِحُبٍّ " * 90]:
        assert 120 < len(paper.excerpt(text)) <= 240


def test_plain_words_for_a_feed_keep_their_lines_and_name_their_gaps():
    assert paper.plain("Dear ⟦name⟧,\n\n<b>you</b>") == "Dear [a name was left out],\n\n<b>you</b>"
