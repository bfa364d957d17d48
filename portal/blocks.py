"""The StreamField blocks that pages are built of. Keys are stored data: choose once."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.cache.recording import depends
from portal.mirror import copying
from portal.renditions import ReadyPicture

WORDS = _("Words")
LISTS = _("Lists")
CAMPAIGN = _("Campaign")


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading inside the page.")
        group = WORDS
        template = "portal/blocks/heading.html"
        preview_value = _("What we need")


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text with links, bold words and lists.")
        group = WORDS
        template = "portal/blocks/paragraph.html"
        preview_value = "<p>A letter takes ten minutes, and stays for years.</p>"


class PictureValue(blocks.StructValue):
    @property
    def ready_picture(self):
        """The picture as readers get it, or None while it is being prepared."""
        image = self.get("image")
        return ReadyPicture.of(image, self["alt_text"]) if image else None


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Description"),
        max_length=300,
        help_text=_("For those who cannot see it: what it shows, in a sentence."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    def bulk_to_python(self, values):
        found = super().bulk_to_python(values)
        # One query for the sizes of all pictures of a page.
        images = [value["image"] for value in found if value.get("image")]
        prefetch_related_objects(images, "renditions")
        return found

    class Meta:
        icon = "image"
        value_class = PictureValue
        label = _("Picture")
        description = _("A picture with a description and, if you like, a caption.")
        group = WORDS
        template = "portal/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), max_length=1000)
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's own words, set apart.")
        group = WORDS
        template = "portal/blocks/quote.html"
        preview_value = {"text": "We have drawn our lines.", "attribution": "A letter"}


class NoticeBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        [("calm", _("Calm")), ("warning", _("Warning"))], default="calm", label=_("Tone")
    )
    text = blocks.TextBlock(label=_("Words"), max_length=1000)

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("A few sentences that must not be overlooked.")
        group = WORDS
        template = "portal/blocks/notice.html"
        preview_value = {"tone": "calm", "text": "You may stop at any time."}


class FactBlock(blocks.StructBlock):
    fact = blocks.TextBlock(label=_("Fact"), max_length=500)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)
    date = blocks.DateBlock(label=_("Date of the source"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("Fact")


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    items = blocks.ListBlock(FactBlock(), label=_("Facts"))

    class Meta:
        icon = "info-circle"
        label = _("Facts")
        description = _("Figures, each with its source and date.")
        group = CAMPAIGN
        template = "portal/blocks/facts.html"
        preview_value = {
            "title": "In figures",
            "items": [{"fact": "One in three.", "source": "WHO", "source_url": "", "date": None}],
        }


class LedgerBlock(blocks.StructBlock):
    love = blocks.ListBlock(blocks.TextBlock(max_length=300), label=_("What we love"))
    dont_love = blocks.ListBlock(blocks.TextBlock(max_length=300), label=_("What we don’t love"))

    class Meta:
        icon = "list-ul"
        label = pgettext_lazy("two columns: what we love, what we don't", "Ledger")
        description = _("Two facing columns: what we love, and what we don’t.")
        group = CAMPAIGN
        template = "portal/blocks/ledger.html"
        preview_value = {"love": ["Finding each other"], "dont_love": ["Being followed"]}


class CallToActBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    text = blocks.TextBlock(label=_("Words"), required=False, max_length=600)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=80)
    to = blocks.ChoiceBlock(
        [
            ("write-decision-maker", _("Write to a decision-maker")),
            ("write-survivor", _("Write to a survivor")),
            ("letters", _("The letters")),
            ("be-safe", _("Be Safe")),
            ("helplines", _("Helplines")),
            ("campaigns", _("The campaigns")),
            ("link", _("An address elsewhere")),
        ],
        label=_("Leads to"),
    )
    link = blocks.URLBlock(label=_("Address elsewhere"), required=False)

    class Meta:
        icon = "hand"
        label = _("Call to act")
        description = _("An invitation with one button.")
        group = CAMPAIGN
        template = "portal/blocks/call_to_act.html"
        preview_value = {
            "heading": "Write a love letter",
            "text": "Ten minutes, a cup of tea.",
            "label": "Begin",
            "to": "write-survivor",
            "link": "",
        }

    # What `portal.shell.Shell` calls the places that `to` names.
    PLACES = {
        "write-decision-maker": "write_decision_maker_url",
        "write-survivor": "write_survivor_url",
        "letters": "letters_url",
        "be-safe": "safety_url",
        "helplines": "helplines_url",
        "campaigns": "campaigns_url",
    }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        place = self.PLACES.get(value["to"])
        context["url"] = getattr(context.get("shell"), place, "") if place else value["link"]
        return context


class ShownLetterBlock(SnippetChooserBlock):
    """Letters with all that their cards show, in one go for a page."""

    def bulk_to_python(self, values):
        if copying.without_letters():
            return [None for _key in values]
        found = self.model_class.objects.for_cards().in_bulk({key for key in values if key})
        for letter in found.values():
            depends(letter.tag, recallable=True)
        return [found.get(key) for key in values]

    def deconstruct(self):
        # For migrations it is what it extends.
        _path, arguments, options = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", arguments, options


class LettersBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    letters = blocks.ListBlock(ShownLetterBlock("letters.Letter"), label=_("Letters"))

    class Meta:
        icon = "mail"
        label = _("Letters")
        description = _("Published letters that you choose.")
        group = CAMPAIGN
        template = "portal/blocks/letters.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        # What was taken back or down since is None; what is hidden stays chosen and unseen.
        model = self.child_blocks["letters"].child_block.target_model
        found = [letter for letter in value["letters"] if letter and not letter.hidden]
        context["letters"] = model.prepare(found)
        return context


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.TextBlock(label=_("Words"), required=False, max_length=1000)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("What to do, one after the other.")
        group = LISTS
        template = "portal/blocks/steps.html"
        preview_value = {
            "title": "How it goes",
            "items": [{"title": "Write", "text": "As you speak."}],
        }


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    items = blocks.ListBlock(blocks.TextBlock(max_length=500), label=_("Points"))

    class Meta:
        icon = "tick"
        label = _("Checklist")
        description = _("Points to tick off, on the screen or on paper.")
        group = LISTS
        template = "portal/blocks/checklist.html"
        preview_value = {"title": "Before you send", "items": ["Nobody's address is in it"]}


class BodyBlock(blocks.StreamBlock):
    """What a page body may hold."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    facts = FactsBlock()
    ledger = LedgerBlock()
    call_to_act = CallToActBlock()
    letters = LettersBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
