"""How a letter is parted for a page that shows many: nothing is lost, nothing is torn."""

import re
import time

import pytest
from django.utils.html import strip_tags

from letters.desk import first_lines


def plain(part):
    return " ".join(strip_tags(part.replace("<br>", " ").replace("><", "> <")).split())


@pytest.mark.parametrize(
    "words",
    [
        "It went on and on. " * 40,
        "A first paragraph that is about as long as this one is, or a little longer. " * 2
        + "\n\n"
        + "A second one. " * 40,
        "我不知道该从哪里说起，" * 60,
        "हिन्दी में एक लंबा पत्र। " * 40,
        "x" * 2000,
    ],
)
def test_nothing_is_lost_and_the_beginning_is_short(words):
    begins, rest = first_lines.parted(words)
    assert 100 < len(plain(begins)) <= first_lines.MOST + 2 and rest
    kept = plain(begins).removesuffix("…").rstrip(), plain(rest).removeprefix("…").lstrip()
    assert "".join(kept).replace(" ", "") == "".join(words.split())


def test_a_short_letter_is_whole():
    assert first_lines.parted("You are not alone.") == ("<p>You are not alone.</p>", "")


def test_it_is_cut_between_paragraphs_where_there_are_some():
    first = "It began in May, and I did not tell anybody, since nobody had asked me about it. " * 2
    begins, rest = first_lines.parted(f"{first}\n\n## And then\n{'It went on. ' * 50}", 4)
    assert "…" not in begins + rest
    assert rest.startswith("<h4>And then</h4>")


def test_no_gap_and_no_letter_with_its_marks_is_torn():
    for length in range(first_lines.MOST - 12, first_lines.MOST + 2):
        begins, rest = first_lines.parted("x" * length + "⟦name⟧" + "y" * 300)
        assert (begins + rest).count('<span class="gap">') == 1
        begins, rest = first_lines.parted("x" * length + "e\u0301\u0323" + "y" * 300)
        assert not re.search("<p>… [\u0300-\u036f]", rest)


@pytest.mark.parametrize("piece", [" ", "\n", "⟦", "⟦name⟧", "## \n", "\u0301", "x"])
def test_a_hostile_text_takes_no_longer(piece):
    began = time.process_time()
    first_lines.parted(piece * (20_000 // len(piece)))
    assert time.process_time() - began < 0.3
