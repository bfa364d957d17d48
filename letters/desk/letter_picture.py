"""The picture of a public letter at the desk: also while it is hidden, when it has no address
elsewhere."""

from django.http import Http404, HttpResponse

from letters.desk.veil import PICTURES


def answer(letter, shows):
    """shows: one of PICTURES. Raises Http404 where there is none."""
    picture = letter.picture if letter is not None else None
    if picture is None:
        raise Http404
    try:
        with picture.file.storage.open(picture.file.name) as stored:
            webp = PICTURES[shows](stored.read())
    except OSError as error:
        raise Http404 from error
    response = HttpResponse(webp, content_type="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    return response
