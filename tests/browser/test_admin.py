"""The translation pages of the admin, whose own small scripts the policy lets run."""

import pytest


@pytest.fixture
def editor(new_page, demo):
    """The demo's editor, signed in. Whatever the policy stops fails the test."""
    page, stopped = new_page(), []
    page.on(
        "console",
        lambda said: "Content Security Policy" in said.text and stopped.append(said.text),
    )
    page.goto("/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", demo.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    assert not stopped


def key(demo, slug, code):
    """The number of a page of the demo."""
    return demo.manage(
        *("shell", "--verbosity", "0", "-c"),
        f"from wagtail.models import Page; "
        f"print(Page.objects.get(slug={slug!r}, locale__language_code={code!r}).pk)",
    ).split()[-1]


def test_select_all_ticks_every_language(editor, demo):
    editor.goto(f"/admin/localize/submit/page/{key(demo, 'privacy', 'en')}/")
    boxes = editor.locator("[name=locales]")
    assert boxes.count() > 1
    editor.check("[name=select_all]")
    assert all(box.is_checked() for box in boxes.all())
    editor.uncheck("[name=select_all]")
    assert not any(box.is_checked() for box in boxes.all())


def test_the_translation_editor_knows_its_choosers(editor, demo):
    editor.goto(f"/admin/pages/{key(demo, 'privacidad', 'es')}/edit/")
    editor.wait_for_selector(".js-translation-editor *")
    choosers = editor.evaluate("window.chooserUrls")
    assert {"imageChooser", "pageChooser"} <= choosers.keys()
    assert all(address.startswith("/admin/") for address in choosers.values())
