"""`make screenshots`: every template in four scripts, narrow and wide, light and dark.

They go to var/screenshots/. Words after `python -m tests.screenshots` choose by name, such as
`home_page ar-` or `dark`.
"""

import itertools
import json
import sys

from playwright.sync_api import sync_playwright

from tests import databases, environment
from tests.chromium import launched
from tests.server import serving

LANGUAGES = ["en", "ar", "hi", "zh-hans"]
WIDTHS = [360, 1280]
SCHEMES = ["light", "dark"]
FIXED = {
    "helplines": "helplines/",
    "write_decision_maker": "write/decision-maker/",
    "write_survivor": "write/survivor/",
    "not_found": "nothing-is-here/",
}
# Of every page type the page that is live in most languages.
CHOOSE = """
import json
from collections import Counter
from wagtail.models import Page
live = Page.objects.live().filter(depth__gt=1).select_related("locale")
languages = Counter(live.values_list("translation_key", flat=True))
chosen = {}
for page in sorted(live, key=lambda page: (-languages[page.translation_key], page.path)):
    chosen.setdefault(page.cached_content_type.model_class().__name__, page.translation_key)
names = {key: name for name, key in chosen.items()}
print(json.dumps([
    [names[page.translation_key], page.locale.language_code, page.get_url()]
    for page in live.filter(translation_key__in=names)
]))
"""


def addresses():
    """(name, language, path) of everything to be seen."""
    said = databases.manage(environment.variables("demo"), "shell", "--no-imports", "-c", CHOOSE)
    for name, language, url in json.loads(said.splitlines()[-1]):
        if language in LANGUAGES:
            yield name, language, "/" + url.removeprefix("http://").partition("/")[2]
    for language, (name, path) in itertools.product(LANGUAGES, FIXED.items()):
        yield name, language, f"/{language}/{path}"


def take(page, path, target):
    page.goto(path)
    # Pictures load when they come into view.
    page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target, full_page=True)


def main(words):
    folder = environment.ROOT / "var/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    print("Building the demo …", flush=True)
    databases.files()
    databases.demo()
    with serving("demo") as base, sync_playwright() as playwright:
        browser = launched(playwright)
        letters = browser.new_page()
        letters.goto(f"{base}/en/letters/")
        link = letters.locator("main a[href*='/letter/']").first
        letter = link.get_attribute("href") if link.count() else None
        seen = [*addresses(), *([("letter", "en", letter)] if letter else [])]
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            context = browser.new_context(
                base_url=base,
                color_scheme=scheme,
                viewport={"width": width, "height": 800},
            )
            page = context.new_page()
            for name, language, path in seen:
                target = f"{language}-{name}-{width}-{scheme}.png"
                if all(word in target for word in words):
                    print(target, flush=True)
                    take(page, path, folder / target)
                if width == max(WIDTHS) and scheme == "light" and language == "en":
                    target = f"{language}-{name}-print.png"
                    if all(word in target for word in words):
                        page.emulate_media(media="print")
                        take(page, path, folder / target)
                        page.emulate_media(media="screen")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
