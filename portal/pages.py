"""What every page type shares."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.compat import HTTPMethod
from wagtail.models import Page

from portal import tree
from portal.cache.recording import depends
from portal.shell import Shell


class PortalPage(Page):
    """Base of all page types: an introduction, its address from the tree in memory, its
    frame, and the rule that a translation goes live only when it is whole."""

    intro = models.TextField(
        _("introduction"),
        blank=True,
        max_length=600,
        help_text=_("One or two sentences under the title."),
    )
    # What visitors send goes to addresses of its own; a page only answers.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # What of the query string its answer depends on; the rest is nobody's business.
    query_parameters = ()
    quiet = False  # True: the exit control is shown, the browser is asked to keep nothing

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines"),
        ),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["shell"] = Shell(request, page=self, quiet=self.quiet)
        return context

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if self.quiet:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def serve_preview(self, request, mode_name):
        # Also for languages that visitors do not see yet.
        with translation.override(self.locale.language_code):
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    # ------------------------------------------------------------------ addresses

    @property
    def address(self):
        return tree.current().address(self)

    def get_url_parts(self, request=None):
        current = tree.current()
        place = current.place(self)
        if place is None:
            return None
        site_id, language, rest = place
        depends(f"pages:{language}")
        site = next(entry for entry in current.sites if entry.site.pk == site_id)
        return site_id, site.origin, f"/{language}/{rest}"

    # ---------------------------------------------------------------- translations

    def publish(self, revision, *args, **kwargs):
        from portal.translation.gate import check_is_whole

        check_is_whole(self)
        return super().publish(revision, *args, **kwargs)

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Wagtail makes untranslated parents live aliases: their source text would be served
        under another language's address. Here they become drafts waiting for translation."""
        if not alias:
            return super().copy_for_translation(locale, copy_parents, alias, exclude_fields)
        from portal.translation.sync import start_translation

        return start_translation(self, locale)
