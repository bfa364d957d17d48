import pytest

from tests.markup import faults

PAGE = '<!doctype html><html lang="en"><head><title>A</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        '<p>Words <svg viewBox="0 0 1 1"><path d="M0 0"/></svg></p>',
        '<label for="name">Name</label><input id="name" aria-describedby="name">',
        "<ul><li>One<li>Two</ul>",
        "<details><summary>More</summary><p>Words</p></details>",
    ],
)
def test_sound_markup_has_no_faults(body):
    assert faults(PAGE.format(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div>Words</div></p>", "unexpected-end-tag"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' is used 2 times"),
        ('<label for="nobody">Name</label>', "'nobody', which is not there"),
        ("<ul><div>One</div></ul>", "<div> directly inside <ul>"),
        ('<img src="a.webp">', "has no alt"),
        ('<a href="/"><button>Go</button></a>', "<button> inside <a>"),
    ],
)
def test_faults_are_named(body, fault):
    assert any(fault in found for found in faults(PAGE.format(body)))
