"""What is in a file: its records, each with the place where it stands."""

import csv
import io
import json
from dataclasses import dataclass

from letters.address_book.record import KNOWN, plain_key


@dataclass(frozen=True)
class Found:
    place: str  # "line 5", "record 3"
    record: dict | None
    problem: str = ""  # why there is no record


class BadFile(Exception):
    """It can't be read at all; the message says why."""


def read_file(path):
    """([Found], [keys that nobody knows]). Raises BadFile."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadFile(f"The file cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise BadFile(f"The file is not in UTF-8 (byte {error.start}).") from None
    if not text.strip():
        raise BadFile("The file is empty.")
    return read_json(text) if text.lstrip()[0] in "[{" else read_csv(text)


def read_json(text):
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"The file is not JSON: {error}.") from None
    found, unknown = [], {}
    for number, record in enumerate(whole if isinstance(whole, list) else [whole], 1):
        place = f"record {number}"
        if not isinstance(record, dict):
            found.append(Found(place, None, "It is not a record with keys."))
            continue
        record = {plain_key(key): value for key, value in record.items()}
        unknown |= dict.fromkeys(key for key in record if key not in KNOWN)
        found.append(Found(place, record))
    return found, list(unknown)


def _header(text, delimiter):
    try:
        row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        row = []
    return [plain_key(cell) for cell in row]


def read_csv(text):
    delimiter = max(",;\t", key=lambda mark: len(KNOWN.intersection(_header(text, mark))))
    keys = _header(text, delimiter)
    if not {"name", "slug"}.intersection(keys):
        raise BadFile("The first row names no column “name” or “slug”.")
    named = [key for key in keys if key]
    if twice := {key for key in named if named.count(key) > 1}:
        raise BadFile(f"Two columns have the same name: {', '.join(sorted(twice))}.")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(lines)
    return list(_rows(lines, keys)), [key for key in named if key not in KNOWN]


def _rows(lines, keys):
    """[Found]; rows without any content are none."""
    while True:
        place = f"line {lines.line_num + 1}"
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield Found(place, None, f"The row is not CSV: {error}.")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(keys) :]):
            yield Found(place, None, "The row has more cells than the first row.")
            continue
        yield Found(place, dict(zip(keys, cells, strict=False)))
