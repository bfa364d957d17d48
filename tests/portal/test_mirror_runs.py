"""What a run of `manage.py mirror` touches, and what becomes of one that is cut off."""

import io
import os
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from home.models import InfoPage
from letters.models import Letter, LetterIndexPage
from portal.mirror import folder as mirror_folder
from portal.mirror.folder import Folder, InUse
from portal.mirror.markup import changed
from tests.trees import child, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),  # requests close what connections they like
    pytest.mark.one_database,
]

CANARY = "Zebracanary, you are not alone."


@pytest.fixture
def site(site):
    site.gallery = child(site.en, LetterIndexPage, "Letters", slug="letters")
    site.about = child(site.en, InfoPage, "About", slug="about")
    return site


@pytest.fixture
def letter(site):
    written = Letter.objects.create(kind="survivor", language="en", words=CANARY, may_quote=True)
    site.en.body = [("letters", {"title": "Read these", "letters": [written]})]
    publish(site.en)
    return written


@pytest.fixture
def mirror(tmp_path):
    """`mirror("--letters")` runs it and gives the names of the files that were written. .folder"""
    here = tmp_path / "mirror"

    def run(*options):
        before = stamps(here)
        run.said = io.StringIO()
        call_command("mirror", str(here), *options, stdout=run.said, stderr=run.said)
        return {name for name, stamp in stamps(here).items() if before.get(name) != stamp}

    run.folder = here
    return run


def stamps(folder):
    """{name: what changes when a file is written}"""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def content(folder):
    return {name: (folder / name).read_bytes() for name in stamps(folder)}


def with_twins(*names):
    return {name + suffix for name in names for suffix in ("", ".br", ".gz")}


def test_the_second_run_writes_nothing(letter, mirror):
    assert {"index.html", "en/about/index.html.br"} < mirror("--letters")
    assert mirror("--letters") == set()
    assert "0 files written" in mirror.said.getvalue()


def test_a_changed_page_rewrites_its_files_and_no_others(letter, site, mirror):
    mirror()
    site.about.intro = "We are many."
    publish(site.about)
    assert mirror() == with_twins("en/about/index.html")
    assert b"We are many." in (mirror.folder / "en/about/index.html").read_bytes()


def test_a_page_that_is_gone_leaves_nothing_behind(site, mirror):
    mirror()
    site.about.unpublish()
    mirror()
    assert not (mirror.folder / "en/about").exists()
    assert "about/" not in (mirror.folder / "en/index.html").read_text()


def test_a_letter_that_was_taken_back_is_gone_with_the_next_run(letter, site, mirror):
    mirror("--letters")
    file = mirror.folder / f"en/letter/{letter.code}/index.html"
    assert CANARY in file.read_text() and CANARY in (mirror.folder / "en/index.html").read_text()
    letter.delete()
    mirror("--letters")
    assert not file.parent.exists()
    assert not [name for name, data in content(mirror.folder).items() if CANARY.encode() in data]
    assert not [name for name in stamps(mirror.folder) if letter.code in name]


def test_letters_go_when_they_are_no_longer_asked_for(letter, mirror):
    mirror("--letters")
    mirror()
    found = content(mirror.folder)
    assert not [name for name, data in found.items() if CANARY.encode() in data]
    assert not [name for name, data in found.items() if letter.code.encode() in data]
    assert not [name for name in found if "letters.atom" in name]
    # The pages that showed it are there without it.
    assert {"en/index.html", "en/letters/index.html"} < found.keys()
    assert "Left out" not in mirror.said.getvalue()


def test_what_shows_a_letter_all_the_same_is_left_out(letter, site, mirror, monkeypatch):
    """A list that somebody adds one day, and that knows nothing of copies."""
    monkeypatch.setattr("portal.mirror.copying.without_letters", lambda: False)
    mirror()
    assert "Left out, because it shows letters: /en/" in mirror.said.getvalue()
    assert not [n for n, data in content(mirror.folder).items() if CANARY.encode() in data]
    # Links lead to where it can be read.
    about = (mirror.folder / "en/about/index.html").read_text()
    assert '<a class="brand" href="http://127.0.0.1:8000/en/">' in about


def test_the_day_of_a_copy_is_the_day_of_its_last_change(site, mirror, monkeypatch):
    mirror()
    day = SimpleNamespace(date=lambda: date(2031, 5, 4))
    monkeypatch.setattr(
        "portal.management.commands.mirror.timezone", SimpleNamespace(now=lambda: day)
    )
    site.about.intro = "We are many."
    publish(site.about)
    # The front page is that of this run.
    assert mirror() == with_twins("index.html", "en/about/index.html")
    assert "2031-05-04" in (mirror.folder / "en/about/index.html").read_text()
    today = timezone.now().date().isoformat()
    assert today in (mirror.folder / "es/index.html").read_text()


@pytest.mark.parametrize("moves", [0, 1, 2, 17])
def test_a_run_that_is_cut_off_is_completed_by_the_next(letter, mirror, monkeypatch, moves):
    mirror("--letters")
    whole = content(mirror.folder)
    for name in list(whole):
        if "en/" in name:
            (mirror.folder / name).write_bytes(b"old")
            if name.endswith((".br", ".gz")):
                (mirror.folder / name).unlink()
    left, move = iter(range(moves)), os.replace

    def dies(fresh, path):
        if next(left, None) is None:
            raise KeyboardInterrupt
        move(fresh, path)

    monkeypatch.setattr(mirror_folder.os, "replace", dies)
    monkeypatch.setattr(mirror_folder.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(KeyboardInterrupt):
        mirror("--letters")
    half = content(mirror.folder)
    for name, data in half.items():  # nothing is half a file
        assert name.startswith(".making/") or data in (b"old", whole[name]), name
    monkeypatch.undo()
    mirror("--letters")
    assert content(mirror.folder) == whole


def test_a_page_that_cannot_be_made_leaves_the_mirror_as_it_is(site, mirror, monkeypatch):
    mirror()
    before = stamps(mirror.folder)
    monkeypatch.setattr(InfoPage, "get_context", lambda *_: 1 / 0)
    with pytest.raises(CommandError, match="/en/about/ answered 500"):
        mirror()
    assert stamps(mirror.folder) == before


def test_a_folder_with_something_else_in_it_is_not_touched(site, mirror):
    mirror.folder.mkdir()
    (mirror.folder / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="holds something else"):
        mirror()
    assert content(mirror.folder) == {"thesis.txt": b"years of work"}


def test_what_the_operator_hides_in_it_stays(site, mirror):
    mirror()
    (mirror.folder / ".well-known").mkdir()
    (mirror.folder / ".well-known/security.txt").write_text("Contact: …")
    (mirror.folder / "stray.html").write_text("nobody knows")
    mirror()
    assert (mirror.folder / ".well-known/security.txt").exists()
    assert not (mirror.folder / "stray.html").exists()


def test_two_runs_do_not_work_on_one_folder(site, mirror):
    mirror()
    with Folder(mirror.folder), pytest.raises(CommandError, match="Another run"):
        mirror()
    with Folder(mirror.folder), pytest.raises(InUse), Folder(mirror.folder):
        pass
    assert mirror() == set()


def test_readers_of_the_live_site_see_nothing_of_it(letter, mirror, client):
    before = client.get("/en/").content
    mirror()
    after = client.get("/en/").content
    assert after == before and CANARY.encode() in after
    assert b"copied" not in after and b"http-equiv" not in after


def test_only_addresses_change_in_a_page():
    html = (
        '<p title="href=&quot;/a/&quot;">\n<a\n class="x" href="/a/?b=1&amp;c=2">/a/</a> '
        '<!-- <a href="/a/"> -->\n<img srcset="/a/ 400w, /b/ 800w" data-href="/a/">'
        '<script src="/a/">"<a href="/a/">"</script>'
    )
    seen = []
    assert changed(html, lambda tag, attributes, name, old: seen.append((tag, name, old))) == html
    assert seen == [
        *(("a", "href", "/a/?b=1&c=2"), ("img", "srcset", "/a/"), ("img", "srcset", "/b/")),
        ("script", "src", "/a/"),
    ]
    new = changed(html, lambda tag, attributes, name, old: "x&y" if tag == "a" else None)
    assert new == html.replace("/a/?b=1&amp;c=2", "x&amp;y")
