"""A picture of 12 megapixels, as telephones make them, on its way to the check page."""

import random

from PIL import Image

from tests.bench import letter_form, measure, servers
from tests.bench.figures import AT_MOST, Figure
from tests.portal.pictures import saved

GROUP = "A picture that comes in"
MOST = 400  # ms of processor time, with the process that decodes it
TIMES = 3
BOUNDARY = "a-line-that-stands-nowhere-else"
HEADERS = {
    "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    "Sec-Fetch-Site": "same-origin",
}


def picture():
    """With as much detail as a photo: about 3 MB."""
    draw = random.Random(3)
    small = Image.frombytes("RGB", (1000, 750), draw.randbytes(1000 * 750 * 3))
    smooth = Image.frombytes("RGB", (20, 15), draw.randbytes(900))
    size = (4000, 3000)
    return saved(Image.blend(smooth.resize(size, 3), small.resize(size, 3), 0.15), "JPEG")


def form(token, file):
    """The fields of the form, as a browser sends them with a file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"token": token, "words": letter_form.WORDS, "language": "en"}.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="p.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return "".join([*parts, head]).encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode()


def run(plan):
    dataset, file = plan.main, picture()
    where = f"/en/write/{letter_form.KIND}/"
    rounds, times = [], []
    with servers.serving(servers.PORTAL, dataset) as server:
        browser = measure.Browser(server)
        tokens = dataset.ask("tokens", TIMES * (plan.rounds + 1))
        for number in range(plan.rounds + 1):
            before = measure.processor_seconds(server.process.pid)
            answers = [
                browser.ask(where, HEADERS, form(tokens.pop(), file)) for _time in range(TIMES)
            ]
            spent = measure.processor_seconds(server.process.pid) - before
            if any(b'name="with_picture"' not in answer.body for answer in answers):
                raise RuntimeError("The picture did not arrive.")
            if number:
                rounds.append(spent * 1000 / TIMES)
                times.append(measure.middle(answers))
    plan.tell(
        Figure.of(GROUP, "12 megapixels, processor time", rounds, "ms", AT_MOST, MOST),
        Figure.of(GROUP, "12 megapixels, until the page is there", times, "ms"),
    )
