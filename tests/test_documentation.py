"""What the documentation says is so."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from home.models import InfoPage
from portal.blocks import BodyBlock
from portal.pages import PortalPage
from safety.models import Helpline

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/decisions.md", "docs/mirror.md"]


def quoted(name):
    """What stands between backticks in a document, and in its indented lines."""
    text = (ROOT / name).read_text("utf-8")
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^    (\S.*)$", text, re.MULTILINE)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_is_named_is_there(name):
    paths = [
        word
        for word in quoted(name)
        if re.fullmatch(r"[\w./-]+", word)
        and ("/" in word or word.endswith((".py", ".in", ".toml", ".md")))
    ]
    paths = [path for path in paths if not path.startswith("/") and path != "manage.py"]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_is_named_is_there(name):
    makefile = (ROOT / "Makefile").read_text()
    for line in quoted(name):
        for target in re.findall(r"\bmake (\w+)", line):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), line
        for command in re.findall(r"manage\.py (\w+)", line):
            assert command in get_commands(), line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert ((ROOT / name).parent / target).exists(), target


def test_the_recipe_for_a_page_type_describes_its_neighbour():
    assert issubclass(InfoPage, PortalPage)
    assert InfoPage.template == "home/info_page.html"
    assert InfoPage.parent_page_types and InfoPage.subpage_types


def test_the_recipe_for_a_block_describes_every_block():
    for key, block in BodyBlock().child_blocks.items():
        assert block.meta.template == f"portal/blocks/{key}.html"
        assert (ROOT / "portal/templates" / block.meta.template).exists()
        assert block.meta.icon and block.meta.label and block.meta.description and block.meta.group


def test_the_recipe_for_a_guide_describes_its_neighbour():
    guide = tomllib.loads((ROOT / "home/demo/pages/secure-accounts.toml").read_text("utf-8"))
    assert {block["block"] for block in guide["body"]} >= {"steps", "checklist"}
    assert guide["sources"] and guide["reviewed_on"] and guide["languages"]


def test_the_helpline_of_the_recipe_can_be_stored(db):
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (fields,) = tomllib.loads(example)["helpline"]
    helpline = Helpline(**fields)
    helpline.full_clean()
    helpline.save()
    assert helpline.is_sample


def test_the_recipe_for_a_language_adds_one_with_its_translators(site):
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from wagtail.models import Locale

    call_command("setup_language", "qu", verbosity=0)
    assert Locale.objects.filter(language_code="qu").exists()
    assert Group.objects.filter(name="Translators: qu").exists()
