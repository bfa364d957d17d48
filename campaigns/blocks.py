from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.languages import LANGUAGES


def language_choices():
    """A function, so that migrations do not hold the list."""
    return LANGUAGES


class InspirationBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address"))
    language = blocks.ChoiceBlock(language_choices, label=_("Its language"))
    text = blocks.TextBlock(label=_("Why it is worth reading"), required=False, max_length=400)

    class Meta:
        icon = "link"
        label = _("Link to a letter")
        template = "campaigns/blocks/inspiration.html"
        preview_value = {
            "title": "Love letters elsewhere",
            "url": "https://www.worldpulse.org/",
            "language": "en",
            "text": "",
        }
