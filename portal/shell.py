"""What surrounds every public page: language, direction, menus, switcher, head.

Built from the tree in memory. A page costs one query here: its translations and the
titles of its ancestors.
"""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from wagtail.models import Page

from portal import tree as page_tree
from portal.addresses import fixed_address
from portal.cache.recording import depends
from portal.languages import direction, interface_language, name_local


def shell(request):
    """Context processor; views that know more put a `Shell` of their own in the context."""
    return {"shell": Shell(request)}


class Shell:
    """Everything `portal/base.html` asks for.

    page: the Wagtail page shown, or None for a fixed route.
    title, description: of the fixed route; a page has its own.
    everywhere: the fixed route exists in every live language under the same name.
    quiet: the exit control is shown and the browser is asked to keep nothing.
    """

    def __init__(
        self,
        request,
        page=None,
        *,
        title="",
        description="",
        everywhere=False,
        quiet=False,
        canonical_path="",
        language="",
        robots="",
    ):
        self.request, self.page = request, page
        self._title, self._description = title, description
        self.everywhere, self.quiet = everywhere, quiet
        self._canonical_path = canonical_path
        self._language = language
        self._steps = []
        self.robots = robots

    # ------------------------------------------------------------------- language

    @cached_property
    def language(self):
        if self._language:
            return self._language
        if self.page is not None:
            return self.page.locale.language_code
        return translation.get_language() or settings.LANGUAGE_CODE

    @property
    def dir(self):
        return direction(self.language)

    @cached_property
    def interface_language(self):
        return interface_language(self.language)

    @property
    def interface_dir(self):
        return direction(self.interface_language)

    @cached_property
    def interface(self):
        """For parts of pages: in which language they are, and our own words in them."""
        names = ["language", "interface_language", "interface_dir"]
        return {name: getattr(self, name) for name in names}

    # --------------------------------------------------------------------- places

    @cached_property
    def site(self):
        return page_tree.current().site_for(self.request.get_host())

    @cached_property
    def home(self):
        if self.site is None:
            return None
        depends(f"pages:{self.language}")
        return self.site.homes.get(self.language) or self.site.source

    @cached_property
    def origin(self):
        return self.site.origin if self.site else settings.BASE_URL

    @property
    def home_url(self):
        return self.home.address if self.home else "/"

    def _section(self, page_type):
        return self.home.section(page_type) if self.home else ""

    @property
    def campaigns_url(self):
        return self._section("campaigns.CampaignIndexPage")

    @property
    def letters_url(self):
        return self._section("letters.LetterIndexPage")

    @property
    def safety_url(self):
        return self._section("safety.SafetyIndexPage")

    @property
    def helplines_url(self):
        return fixed_address(self.language, "safety:helplines")

    @property
    def write_decision_maker_url(self):
        return fixed_address(self.language, "letters:write", "decision-maker")

    @property
    def write_survivor_url(self):
        return fixed_address(self.language, "letters:write", "survivor")

    @property
    def receipt_url(self):
        return fixed_address(self.language, "letters:comeback")

    @property
    def feed_url(self):
        return fixed_address(self.language, "letters:feed")

    @property
    def exit_url(self):
        return reverse("exit:leave", args=[self.language])

    @property
    def exit_target(self):
        return getattr(self.home.page, "exit_url", "") if self.home else ""

    # ---------------------------------------------------------------------- menus

    def _entries(self, in_menu):
        path = self.request.path
        return [
            {
                "title": section.title,
                "url": section.address,
                "current": path.startswith(section.address),
            }
            for section in (self.home.sections if self.home else [])
            if section.in_menu is in_menu
        ]

    @cached_property
    def menu(self):
        return self._entries(True)

    @cached_property
    def footer_menu(self):
        return self._entries(False)

    def add_step(self, title, url):
        """Put a section between the home page and a fixed route; nothing where there is none."""
        if url:
            self._steps.append({"title": title, "url": url})

    @cached_property
    def breadcrumbs(self):
        """Home first, the page itself left out; [] on a home page."""
        if self.home is None:
            return []
        start = {"title": self.home.page.title, "url": self.home.address}
        if self._steps:
            return [start, *self._steps]
        if self.page is None or self.page.pk is None or self.page.path == self.home.page.path:
            return []
        tree, above = page_tree.current(), set(self._paths_above)
        found = sorted((p for p in self._around if p.path in above), key=lambda page: page.path)
        return [start, *({"title": p.title, "url": tree.address(p)} for p in found)]

    @property
    def _paths_above(self):
        """Of the pages between the home page and this one."""
        first = (len(self.home.page.path) if self.home else 0) + Page.steplen
        return [self.page.path[:end] for end in range(first, len(self.page.path), Page.steplen)]

    @cached_property
    def _around(self):
        """The live pages above this one and its translations."""
        versions = Q(translation_key=self.page.translation_key, alias_of=None)
        names = ["path", "url_path", "title", "translation_key", "alias_of"]
        pages = Page.objects.filter(versions | Q(path__in=self._paths_above), live=True)
        here = ("around", self.page.path, self.page.translation_key)
        return page_tree.current().remember(here, lambda: list(pages.only(*names)))

    # ------------------------------------------------------------------ languages

    @cached_property
    def _translations(self):
        """{language: address} of live, really translated versions, this one included."""
        if self.site is None:
            return {}
        homes = self.site.homes
        if self.everywhere:
            # The same name in every language: only the first segment differs.
            rest = self.request.path.partition("/")[2].partition("/")[2]
            return {code: f"/{code}/{rest}" for code in homes}
        if self.page is None or self.page.pk is None:
            return {}
        depends(f"versions:{self.page.translation_key}")
        tree, found = page_tree.current(), {}
        for version in self._around:
            if version.translation_key != self.page.translation_key or version.alias_of_id:
                continue
            place = tree.place(version)
            if place and place[0] == self.site.site.pk and place[1] in homes:
                found[place[1]] = f"/{place[1]}/{place[2]}"
        return dict(sorted(found.items(), key=lambda item: list(homes).index(item[0])))

    @cached_property
    def languages(self):
        return [
            {
                "code": code,
                "name_local": name_local(code),
                "dir": direction(code),
                "url": address,
                "current": code == self.language,
            }
            for code, address in self._translations.items()
        ]

    @cached_property
    def alternates(self):
        """For hreflang: absolute addresses, with x-default; [] where there is one language."""
        if len(self._translations) < 2:
            return []
        entries = [{"code": c, "url": self.origin + a} for c, a in self._translations.items()]
        source = settings.LANGUAGE_CODE
        default = self._translations.get(source) or next(iter(self._translations.values()))
        return [*entries, {"code": "x-default", "url": self.origin + default}]

    @property
    def canonical(self):
        if self._canonical_path:
            return self.origin + self._canonical_path
        if self.page is not None and self.page.pk:
            return self.origin + page_tree.current().address(self.page)
        return "" if self.robots else self.origin + self.request.path

    # ----------------------------------------------------------------------- head

    @cached_property
    def title(self):
        if self._title or self.page is None:
            return self._title or self.organisation
        return getattr(self.page, "neutral_title", "") or self.page.seo_title or self.page.title

    @property
    def description(self):
        if self.page is None:
            return self._description
        return self.page.search_description or getattr(self.page, "intro", "")

    # ----------------------------------------------------------- texts of the site

    def _text(self, name):
        # A home page brings its own: in a preview, those that are not published yet.
        holder = self.page if hasattr(self.page, name) else self.home and self.home.page
        return getattr(holder, name, "")

    @property
    def organisation(self):
        return self._text("organisation") or settings.WAGTAIL_SITE_NAME

    @property
    def letters_address(self):
        return self._text("letters_address")

    @property
    def emergency_notice(self):
        return self._text("emergency_notice")

    @property
    def footer(self):
        return self._text("footer")


class BareShell(Shell):
    """For pages that must stand without a database: nothing but the language."""

    site = home = None
    origin = settings.BASE_URL
