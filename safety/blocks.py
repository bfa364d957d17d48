from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Source")
        template = "safety/blocks/source.html"
        preview_value = {"title": "Surveillance Self-Defense", "url": "https://ssd.eff.org/"}
