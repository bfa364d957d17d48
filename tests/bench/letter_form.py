"""A letter as a browser sends it."""

from urllib.parse import urlencode

KIND = "survivor"
WHERE = f"/en/write/{KIND}/send/"
WORDS = "\n\n".join(
    [
        "Dear friend, I have never met you, and I believe you.",
        "What was done to you is not your fault. Somebody decided to do it, and others decided "
        "to look away. You decided to go on, every single day, and that is more than anybody "
        "has a right to ask.",
        "When I was where you are, a stranger wrote to me. I kept the letter in my shoe for a "
        "year. I don’t know what will help you. I only know that there are many of us, that we "
        "are not ashamed any more, and that there is a place for you among us.",
        "With love, from the other side of it.",
    ]
)


def filled_in(token):
    """The fields of the check page, as somebody sends them who shares her words."""
    return {
        "token": token,
        "words": WORDS,
        "language": "en",
        "signature": "Mina",
        "share": "yes",
        "may_publish_words": "on",
        "may_quote": "on",
    }


def body(token):
    return urlencode(filled_in(token))
