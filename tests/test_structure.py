"""The floor plan: who may import whom, what stands where, how long a file may be."""

import ast
import re

import pytest
from wagtail.models import Page, get_page_models

from tests.environment import ROOT

APPS = {"portal", "home", "campaigns", "letters", "safety"}
FILES = sorted(
    path
    for app in sorted(APPS)
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
VAGUE = {"utils", "helpers", "services", "mixins", "signals", "common", "misc"}


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            names = [node.module]
        else:
            continue
        yield from (name.split(".")[0] for name in names)


def test_the_shell_imports_no_app_and_apps_import_only_the_shell():
    wrong = []
    for path in FILES:
        app = path.relative_to(ROOT).parts[0]
        allowed = {"portal", app}
        wrong += [
            f"{path.relative_to(ROOT)} imports {name}"
            for name in imported_apps(path)
            if name in APPS - allowed
        ]
    assert not wrong


def test_no_file_is_long():
    long = [path for path in FILES if len(path.read_text().splitlines()) > 300]
    assert not [str(path.relative_to(ROOT)) for path in long]


def test_modules_are_named_after_what_they_know():
    assert not [str(path) for path in FILES if path.stem in VAGUE]


def test_the_catalogues_do_not_shadow_pythons_own_module():
    assert not (ROOT / "locale/__init__.py").exists()


def test_admin_registration_is_in_one_place():
    outside = [
        str(path.relative_to(ROOT))
        for path in FILES
        if re.search(r"hooks\.register\(", path.read_text()) and path.stem != "wagtail_hooks"
    ]
    assert not outside


# Who may ask for letters that readers don't see: the desk, the list in the admin, the picture
# library, the clock, and whoever writes down what is said of a letter.
SEES_HIDDEN_LETTERS = {
    *("letters/desk/reports.py", "letters/letter_admin.py", "letters/hiding.py"),
    *("letters/models/letter.py", "letters/models/report.py", "letters/gallery/report.py"),
    *("letters/models/setting_aside.py", "letters/search/finding.py"),
    "letters/management/commands/index_letters.py",
    *("letters/picture_policy.py", "letters/models/moderators_acts.py", "letters/desk/found.py"),
}
MANAGER = re.compile(
    r"(?:\bLetter|[\"']Letter[\"']\))\s*\.(?:objects|_default_manager|_base_manager)"
)
FOR_READERS = re.compile(MANAGER.pattern + r"\s*\.(?:public|quotable|translatable)\b")


def test_readers_are_shown_only_letters_that_are_public():
    strays = [
        str(path.relative_to(ROOT))
        for path in FILES
        if len(MANAGER.findall(path.read_text())) > len(FOR_READERS.findall(path.read_text()))
    ]
    assert set(strays) <= SEES_HIDDEN_LETTERS
    users = [path for path in FILES if FOR_READERS.search(path.read_text())]
    assert len(users) >= 4  # the gallery, its views, the campaigns, the export


PLAN = {  # page type: (where it may stand, what may stand below it)
    "home.HomePage": (
        {"wagtailcore.Page"},
        {
            "campaigns.CampaignIndexPage",
            "home.InfoPage",
            "letters.LetterIndexPage",
            "safety.SafetyIndexPage",
        },
    ),
    "home.InfoPage": ({"home.HomePage", "home.InfoPage"}, {"home.InfoPage"}),
    "campaigns.CampaignIndexPage": ({"home.HomePage"}, {"campaigns.CampaignPage"}),
    "campaigns.CampaignPage": ({"campaigns.CampaignIndexPage"}, {"campaigns.ActionPage"}),
    "campaigns.ActionPage": ({"campaigns.CampaignPage"}, set()),
    "letters.LetterIndexPage": ({"home.HomePage"}, {"letters.WritePage"}),
    "letters.WritePage": ({"letters.LetterIndexPage"}, set()),
    "safety.SafetyIndexPage": ({"home.HomePage"}, {"safety.SafetyGuidePage"}),
    "safety.SafetyGuidePage": ({"safety.SafetyIndexPage"}, set()),
}


def test_page_types_are_those_of_the_plan():
    assert {model._meta.label for model in get_page_models()} - {"wagtailcore.Page"} == set(PLAN)


@pytest.mark.parametrize("label", PLAN)
def test_a_page_type_has_its_place_and_its_template(label):
    model = next(model for model in get_page_models() if model._meta.label == label)
    parents = {parent._meta.label for parent in model.clean_parent_page_models()}
    children = {child._meta.label for child in model.clean_subpage_models()}
    assert (parents, children) == PLAN[label]
    # Said in the class itself, not inherited.
    assert {"parent_page_types", "subpage_types", "template"} <= set(vars(model))
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    app = model._meta.app_label
    assert (ROOT / app / "templates" / app / f"{name}.html").exists()
    assert len([base for base in model.__mro__ if base is Page]) == 1
