"""What the bench says of what it measured."""

from xml.etree import ElementTree

import pytest

from tests.bench import __main__ as bench
from tests.bench import charts, measure, report
from tests.bench.figures import AT_LEAST, AT_MOST, Figure
from tests.bench.groups import in_a_browser

TOLD = {"command": "make bench", "machine": "a machine", "day": "2026-11-25", "rounds": 5}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "performance.md")
    monkeypatch.setattr(report, "CHARTS", tmp_path / "performance")
    monkeypatch.setattr(bench.programs, "FOLDER", tmp_path)
    report.DOCUMENT.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    return tmp_path


def figures(queries):
    points = {"1k": 4.0, "100k": 4.5, "1M": 4.6}
    return [
        Figure.of("A cached page, app server alone", "brotli, processor time", [0.03, 0.04], "ms"),
        Figure("Pages", "gallery", queries, "queries", AT_MOST, 4),
        Figure.of("Pages", "a second", [310, 290, 400], "a second", AT_LEAST, 300),
        Figure(
            report.gallery_at_size.GROUP,
            "first page on SQLite, all filters",
            4.6,
            "ms",
            points=points,
        ),
    ]


def test_a_target_is_missed_when_the_median_misses_it_and_not_when_it_is_just_met():
    assert not Figure.of("", "", [1, 9, 300], "", AT_MOST, 9).missed
    assert Figure.of("", "", [1, 9.1, 9.2], "", AT_MOST, 9).missed
    assert not Figure.of("", "", [9, 300], "", AT_LEAST, 154.5).missed
    assert Figure.of("", "", [9, 300], "", AT_LEAST, 155).missed
    assert not Figure("", "", 12, "ms").missed


@pytest.mark.parametrize(("queries", "code"), [(4, 0), (5, 1)])
def test_the_command_fails_where_a_target_is_missed(kept, capsys, queries, code):
    asked = bench.arguments(["--short"])
    assert bench.finish(asked, figures(queries)) == code
    said = capsys.readouterr().out
    assert ("Pages: gallery" in said) == bool(code)
    assert f"{code} of 2 targets missed" in said
    # What is only a part is no full run.
    assert "old" in report.DOCUMENT.read_text()


def test_a_full_run_is_written_between_its_marks_with_target_and_spread(kept):
    report.write(figures(5), TOLD)
    report.write(figures(5), TOLD)
    text = report.DOCUMENT.read_text()
    assert text.startswith(f"before\n{report.BEGIN}\n")
    assert text.endswith(f"\n{report.END}\nafter\n")
    assert "old" not in text
    assert "| gallery | 5 queries |  | at most 4 | **missed** |" in text
    assert "| a second | 310 a second | 290 – 400 | at least 300 | met |" in text
    assert "1 of 2 targets missed" in text
    assert text.count("![") == 2


def test_charts_are_well_formed_and_say_in_words_what_they_show(kept):
    drawings = report.drawn(figures(5))
    assert set(drawings) == {"cached.svg", "gallery.svg"}
    for svg in drawings.values():
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert "prefers-color-scheme: dark" in svg
    assert "4.5 ms at 100,000" in drawings["gallery.svg"]
    lines = {"<b>": {1000: 1.0, 10: 2.0}, "b": {1000: 1.0, 10: 2.0}}
    ElementTree.fromstring(charts.curves("a & b", lines, "ms", ("at most 3 ms", 3)))


def test_those_compared_take_turns_and_are_four_at_most():
    order = []
    asked = {name: lambda name=name: order.append(name) or len(order) for name in "abc"}
    found = measure.interleaved(asked, 3)
    assert "".join(order) == "abcbcacab"
    assert found == {"a": [1, 6, 8], "b": [2, 4, 9], "c": [3, 5, 7]}
    with pytest.raises(ValueError, match="More than 4"):
        measure.interleaved(dict.fromkeys("abcde", len), 1)


def of_lighthouse(**changes):
    """Its report, as far as it is read."""
    audits = {
        "largest-contentful-paint": {"numericValue": 950.0, "score": 1},
        "image-alt": {"title": "Pictures have no words", "score": 0},
        "manual": {"title": "Look at it", "score": None},
    }
    categories = {
        name: {"score": 1, "auditRefs": [{"id": "image-alt", "weight": 0}]}
        for name in in_a_browser.CATEGORIES
    }
    return {"audits": audits, "categories": categories | changes}


def test_what_lighthouse_says_is_read_as_scores_and_seconds():
    told = in_a_browser.of_report(of_lighthouse())
    assert [told[name] for name in in_a_browser.CATEGORIES] == [100] * 4
    assert told["seconds"] == 0.95
    assert told["faults"] == []


def test_what_costs_points_is_named_and_what_is_only_advice_is_not():
    refs = [{"id": "image-alt", "weight": 10}, {"id": "manual", "weight": 1}]
    told = in_a_browser.of_report(of_lighthouse(seo={"score": 0.86, "auditRefs": refs}))
    assert told["seo"] == 86
    assert told["faults"] == ["seo: Pictures have no words"]


def test_a_page_that_lighthouse_could_not_judge_is_no_page_without_faults():
    with pytest.raises(RuntimeError, match="no score"):
        in_a_browser.of_report(of_lighthouse(seo={"score": None, "auditRefs": []}))
