"""Somebody who writes a letter in Chromium: what she presses, and what her browser remembers."""

import subprocess

from playwright.sync_api import Error

# Words with something to blank out, in the language of the page.
LETTERS = {
    "en": "You called it a joke. Ask for me at +49 170 1234567.\n\nAnswer in my own language.",
    "ar": "قلتم إنها مزحة. اسألوا عني على ٠٠٤٩١٧٠١٢٣٤٥٦٧.\n\nأجيبوا بلغتي.",
    "zh-hans": "你们说那是玩笑。找我请打+8613812345678。\n\n请用我的语言回答。",
}
KEPT = """async () => ({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    databases: await indexedDB.databases(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
})"""


class Visitor:
    """One tab. `addresses` and `titles` are what its history shows, `faults` what a script or a
    policy complained of."""

    def __init__(self, page, language="en", kind="decision-maker"):
        self.page, self.language = page, language
        self.form = f"/{language}/write/{kind}/"
        self.addresses, self.titles, self.faults = [], set(), []
        page.on("framenavigated", lambda frame: self.addresses.append(frame.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def look(self):
        self.titles.add(self.page.title())
        return self.page

    def open(self, address=""):
        self.page.goto(address or self.form)
        return self.look()

    def press(self, selector):
        """Presses what leads to another page, or to the same one again."""
        with self.page.expect_event("load"):  # a script's replaceState is a navigation as well
            self.page.click(selector)
        return self.look()

    def reload(self):
        """As people do it: the browser sends again what it sent."""
        self.page.reload()
        return self.look()

    def back(self, step="go_back"):
        """Without a script, a page that was posted is sent for again, as the browser offers it."""
        try:
            getattr(self.page, step)()
        except Error:
            self.page.wait_for_url("chrome-error://**")
            self.page.reload()
        return self.look()

    def forward(self):
        return self.back("go_forward")

    # ------------------------------------------------------------------- her letter

    def choose_somebody(self):
        """Looks for the second of the list by name, and chooses whoever is found."""
        page = self.page
        name = page.locator(".choices label").nth(1).inner_text().strip()
        page.fill("#id_find", name)
        self.press("button[value=find]")
        page.locator(".choices label").filter(has_text=name).first.click()
        assert page.locator("[name=decision_maker]:checked").count() == 1
        return name

    def write(self, **fields):
        for name, value in ({"words": LETTERS[self.language]} | fields).items():
            self.page.fill(f"[name={name}]", value)
        return self.press("button[value=check]")

    def blank_out(self):
        marks = self.page.locator("button[name=blank]")
        before = marks.count()
        self.press("button[name=blank] >> nth=0")
        assert marks.count() == before - 1
        assert "[…]" in self.page.inner_text("article.letter")

    def share(self, *consents):
        for consent in consents:
            self.page.check(f"[name=may_{consent}]")
        self.press("button[value=send]")
        return self.receipt

    @property
    def receipt(self):
        return "".join(self.page.locator("#receipt span").all_inner_texts())

    @property
    def allowed(self):
        ticked = self.page.locator("main [type=checkbox]:checked").all()
        return [box.get_attribute("name").removeprefix("may_") for box in ticked]

    def come_back(self, receipt):
        self.open(f"/{self.language}/receipt/")
        self.page.fill("#receipt", receipt)
        return self.press("main form button")

    def printed(self, path):
        """What the printer would put on paper."""
        self.page.pdf(path=path, format="A4")
        made = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        return made.stdout

    # ------------------------------------------------------------------ what is left

    def nothing_is_kept(self, *secrets):
        """secrets: what may be in no address, her token among them."""
        assert self.faults == []
        assert self.page.context.cookies() == []
        kept = self.page.evaluate(KEPT)
        assert kept == {"local": [], "session": [], "databases": [], "workers": 0, "caches": []}
        for address in self.addresses:
            assert "?" not in address
            assert not [secret for secret in secrets if secret in address]
