"""Every page of the desk in each of its states, in English and Arabic, light and dark, on a small
screen and a wide one: as axe sees it, and no wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
# One letter for each state, and who looks at them.
PREPARE = """
import json
from django.contrib.auth.models import Group, User
from wagtail.users.models import UserProfile
from letters.models import Letter, Love, ModeratorProfile, Report, Submission
from letters.models.decision import new_batch
lead = User.objects.get(username="lead")
bea = User.objects.get(username="moderator-es")
for name, language, group, reads in [
    ("lead-ar", "ar", "Lead moderators", []),
    ("asker", "en", "Moderators", ["en"]),
    ("asker-ar", "ar", "Moderators", ["en"]),
    ("idle", "en", "Moderators", ["tlh"]),
    ("idle-ar", "ar", "Moderators", ["tlh"]),
]:
    user = User(username=name, email=f"{name}@letters.example")
    user.password = lead.password
    user.save()
    user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.create(user=user, preferred_language=language)
    ModeratorProfile.objects.create(user=user, languages=reads)
waiting = Submission.objects.waiting().filter(language="en").sealed()
plain = waiting.filter(held=[], picture_name="", for_lead=False, may_publish_words=True)
plain = list(plain.order_by("-pk")[:40])
drawn = list(waiting.exclude(picture_name="").filter(may_publish_picture=True)[:3])
phone = waiting.filter(words__contains="555-0163").order_by("-pk").first()
claimed, decided, taken, gone = plain[:4]
claimed.claim(bea)
letter = decided.publish(lead)
letter_taken = taken.publish(lead)
taken.take_down(lead, "spam")
gone.decline(lead, "hate")
Report.take(letter, reason="about-me", words="It is about me.", contact="me@letters.example")
loved = Letter.objects.public().filter(picture=None, content_notes_codes=[])
for one in loved[:5]:
    Love.objects.create(letter=one, user=bea)
batch = new_batch()
for one in plain[4:6]:
    one.decline(lead, "spam", batch=batch)
contacted = next(one for one in plain[12:] if Submission.objects.get(pk=one.pk).contact)
own = {"lead": plain[6], "lead-ar": plain[7]}
for name, one in own.items():
    one.publish(User.objects.get(username=name))
plain[8].ask_lead(bea, "May it name the town?")
asked = Submission.objects.waiting().filter(for_lead=True).first()
agreed = Submission.objects.waiting().exclude(agreed_by=None).first()
flagged = waiting.exclude(held=[]).filter(agreed_by=None).order_by("-pk").first()
burst = waiting.filter(burst_of=None).exclude(same_words="").first()
print(json.dumps({
    "plain": plain[10].pk, "drawn": drawn[0].pk, "nameless": drawn[1].pk, "phone": phone.pk,
    "claimed": claimed.pk, "settled": decided.pk, "taken down": taken.pk, "declined": gone.pk,
    "reported": letter.pk, "batch": batch, "asked": asked.pk, "agreed": agreed.pk,
    "flagged": flagged.pk, "burst": burst.pk, "contacted": contacted.pk,
    "asked in English": plain[8].pk, **{f"undoable by {name}": one.pk for name, one in own.items()},
}))
"""


@pytest.fixture(scope="module")
def letters(crowded):
    return crowded.ask(PREPARE)


def opened(selector):
    def act(page):
        page.locator(selector).first.click()

    return act


def described_by_nobody(page):
    """Published without saying what its picture shows."""
    page.locator("[name=picture_alt]").fill("")
    page.locator("[data-desk-key=p]").click()
    page.locator("[aria-invalid=true]").first.wait_for()


def chosen(page):
    for box in page.locator("input[type=checkbox][name=letter]").all()[:3]:
        box.check()
    with page.expect_navigation():
        page.locator(
            "[formaction$='/together/'], form[action$='/together/'] [type=submit]"
        ).last.click()


def later(page):
    with page.expect_navigation():
        page.locator("main button[name=to]").first.click()


def revealed(page):
    page.locator("input[type=radio][name=reason]").first.check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def nothing(page):
    pass


# State: (address below the desk, with the names of letters; what is done there)
STATES = {
    "list": ("", nothing),
    "list of the asked": ("?only=asked", nothing),
    "later letters": ("", later),
    "many chosen": ("", chosen),
    "text": ("{plain}/", nothing),
    "decline open": ("{plain}/", opened("summary[data-desk-key=d]")),
    "question open": ("{plain}/", opened("summary[data-desk-key=l]")),
    "keys shown": ("{plain}/", opened("summary[data-desk-key='?']")),
    "with a telephone number": ("{phone}/", nothing),
    "flagged": ("{flagged}/", nothing),
    "one of many alike": ("{burst}/", nothing),
    "agreed by one": ("{agreed}/", nothing),
    "claimed by another": ("{claimed}/", nothing),
    "asked": ("{asked}/", nothing),
    "picture not shown": ("{drawn}/", nothing),
    "picture veiled": ("{drawn}/?picture=veiled", nothing),
    "picture clear": ("{drawn}/?picture=clear", nothing),
    "an error": ("{nameless}/", described_by_nobody),
    "another language": ("{plain}/language/", nothing),
    "original": ("{drawn}/original/", revealed),
    "contact": ("{contacted}/contact/", revealed),
    "decided": ("decided/", nothing),
    "settled": ("decided/{settled}/", nothing),
    "undoable": ("decided/{undoable by her}/", nothing),
    "taken down": ("decided/{taken down}/", nothing),
    "declined": ("decided/{declined}/", nothing),
    "many decided": ("together/{batch}/", nothing),
    "reports": ("reports/", nothing),
    "reported": ("reports/{reported}/", nothing),
    "profile": ("me/", nothing),
    "pause": ("pause/?why=break", nothing),
    "enough": ("pause/?why=enough", nothing),
    "loved": ("loved/", nothing),
}
LOOKS = {
    "English, light, wide": ("lead", "light", 1280),
    "English, dark, small": ("lead", "dark", 360),
    "Arabic, light, small": ("lead-ar", "light", 360),
    "Arabic, dark, wide": ("lead-ar", "dark", 1280),
}


def look_at(page, state, width, found):
    result = Axe().run(page, context="main", options=RULES)
    for violation in result.response["violations"]:
        nodes = [node["html"][:160] for node in violation["nodes"]][:3]
        found[f"{state}: {violation['id']}"] = nodes
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found[f"{state}: wider than the screen"] = wide


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_everything_fits(sign_in, letters, look):
    name, scheme, width = LOOKS[look]
    # So high that nothing is behind the bar with the decisions, which axe takes for too small.
    page = sign_in(name, color_scheme=scheme, viewport={"width": width, "height": 4000})
    found, hers = {}, {**letters, "undoable by her": letters[f"undoable by {name}"]}
    for state, (address, act) in STATES.items():
        answer = page.goto("/admin/desk/" + address.format(**hers))
        if answer.status != 200:
            found[state] = answer.status
            continue
        act(page)
        look_at(page, state, width, found)
    assert found == {}


@pytest.mark.parametrize("name", ["idle", "idle-ar"])
def test_an_empty_desk_is_as_good(sign_in, letters, name):
    page, found = sign_in(name, viewport={"width": 360, "height": 800}), {}
    page.goto("/admin/desk/")
    look_at(page, "empty", 360, found)
    assert found == {}


@pytest.mark.parametrize("name", ["asker", "asker-ar"])
def test_what_a_lead_is_asked_is_as_good_for_whoever_asked(sign_in, letters, name):
    page, found = sign_in(name, viewport={"width": 360, "height": 4000}), {}
    for scheme, width in [("light", 360), ("dark", 1280)]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 4000})
        page.goto(f"/admin/desk/{letters['asked in English']}/")
        assert not page.locator("[data-desk-key=p], [data-desk-key=d]").count()
        look_at(page, f"asked, {scheme}", width, found)
    assert found == {}
