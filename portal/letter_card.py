"""What a letter's card shows, wherever it stands."""

from portal.remembered import rendered

TEMPLATE = "portal/components/letter_card.html"
SHOWN = [
    *("kind", "address", "language", "language_name", "dir", "published", "may_quote"),
    *("content_notes_codes", "content_notes", "own_notes", "addressee", "addressee_lang"),
    *("title", "excerpt", "signature", "picture_id", "picture_alt", "ready_picture"),
]


def card(letter, interface, heading, elsewhere):
    """The card of a letter. interface: see `Shell.interface`; heading: number of its level;
    elsewhere: not in the gallery, where words of it are a quotation."""
    letter = {name: getattr(letter, name) for name in SHOWN}
    context = {"letter": letter, "heading": heading, "elsewhere": elsewhere, "shell": interface}
    return rendered(TEMPLATE, context)
