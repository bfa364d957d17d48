from django import forms
from wagtail.admin.panels import InlinePanel


class ChannelsPanel(InlinePanel):
    """Wagtail's, started by a file of ours: our policy lets no script in the page start it."""

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "letters/channels_panel.html"

        @property
        def media(self):
            return super().media + forms.Media(js=["letters/channels.js"])
