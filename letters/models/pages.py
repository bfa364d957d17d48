from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from portal.blocks import BodyBlock
from portal.pages import PortalPage


class LetterIndexPage(PortalPage):
    """The gallery: all published letters, newest first, filtered by the address."""

    query_parameters = (
        *("q", "order", "kind", "decision_maker", "language", "campaign"),
        *("before", "after", "from"),
    )
    parent_page_types = ["home.HomePage"]
    subpage_types = ["letters.WritePage"]
    template = "letters/letter_index_page.html"

    class Meta:
        verbose_name = _("letter gallery")
        verbose_name_plural = _("letter galleries")

    def get_context(self, request, *args, **kwargs):
        from letters.gallery.gallery import Gallery

        context = super().get_context(request, *args, **kwargs)
        gallery = Gallery(request.GET, request.path)
        context |= {
            "letters": gallery.letters,
            "filter_form": gallery.filter_form,
            "active_filters": gallery.active_filters,
            "older_url": gallery.older_url,
            "newer_url": gallery.newer_url,
            "gallery": gallery,
        }
        return context


class WritePage(PortalPage):
    """What to know before writing; the forms themselves have fixed addresses."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    quiet = True

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]

    parent_page_types = ["letters.LetterIndexPage"]
    subpage_types = []
    template = "letters/write_page.html"

    class Meta:
        verbose_name = _("page about writing")
        verbose_name_plural = _("pages about writing")
