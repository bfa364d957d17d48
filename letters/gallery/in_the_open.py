"""The page "In the open": the numbers of `letters.in_the_open` as tables and as a chart."""

from dataclasses import dataclass
from typing import NamedTuple

from django import forms
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from letters import in_the_open, reasons
from letters.in_the_open import ALL, COUNTS
from letters.models import MonthInNumbers
from portal import sitemap, tree
from portal.cache.recording import depends, kept
from portal.languages import direction, interface_language, name_local
from portal.shell import Shell

NAMES = {
    "received": pgettext_lazy("letters, in a table of numbers", "Received"),
    "published": pgettext_lazy("letters, in a table of numbers", "Published"),
    "declined": pgettext_lazy("letters, in a table of numbers", "Declined"),
    "withdrawn": pgettext_lazy("letters, in a table of numbers", "Taken back"),
    "taken_down": pgettext_lazy("letters, in a table of numbers", "Taken down"),
    "wait": gettext_lazy("Half were decided within"),
}
DRAWN = ["received", "published", "declined"]
HOUR, DAY = 3600, 86400  # seconds


class ChoiceForm(forms.Form):
    """In the address: ?language=es&month=2026-03."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    month = forms.ChoiceField(label=gettext_lazy("Month"))

    use_required_attribute = False

    def __init__(self, languages, months, **initial):
        super().__init__(auto_id="choose-%s", label_suffix="", initial=initial)
        everything = (ALL, _("All languages"))
        self.fields["language"].choices = [everything, *((c, name_local(c)) for c in languages)]
        self.fields["month"].choices = [(code_of(each), name_of(each)) for each in months]


@kept("language", "month")
def in_the_open_page(request):
    depends(MonthInNumbers)
    months = in_the_open.latest()
    shell = Shell(
        request,
        title=_("In the open"),
        description=_("How many letters came, and what became of them, by month and language."),
        everywhere=True,
    )
    shell.add_step(_("Letters"), shell.letters_url)
    context = {"shell": shell, "months": months}
    if months:
        context |= _numbers(request.GET, months, mirrored=shell.interface_dir == "rtl")
    return render(request, "letters/in_the_open.html", context)


def _numbers(asked, months, mirrored):
    """What makes no sense in an address is left out, not answered with an error."""
    told = {language for month in months for language in month.languages}
    languages = sorted({*told, *tree.current().homes}, key=name_local)
    language = asked.get("language") if asked.get("language") in languages else ALL
    chosen = next((month for month in months if code_of(month) == asked.get("month")), months[0])
    return {
        "form": ChoiceForm(languages, months, language=language, month=code_of(chosen)),
        "language": Language(language),
        "by_month": Table([(name_of(month), cells_of(month, language)) for month in months]),
        "chart": Chart(months, language, mirrored),
        "chosen_name": name_of(chosen),
        "by_language": Table(rows_of_languages(chosen)) if language == ALL else None,
        "by_reason": rows_of_reasons(chosen, language),
    }


# ---------------------------------------------------------------------- words


def code_of(month):
    return f"{month.month:%Y-%m}"


def name_of(month):
    name = date_format(month.month, "YEAR_MONTH_FORMAT")
    return _("%(month)s, so far") % {"month": name} if month.is_running else name


def in_words(number):
    if number.is_few:
        return _("fewer than 5")
    if number.value is None:
        return pgettext("a number", "not shown")
    figure = number_format(number.value)
    return _("at least %(number)s") % {"number": figure} if number.is_least else figure


def wait_in_words(seconds):
    if seconds is None:
        return pgettext("a number", "not shown")
    if seconds < HOUR:
        return _("under an hour")
    if seconds < 2 * DAY:
        hours = round(seconds / HOUR)
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(seconds / DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


# ---------------------------------------------------------------------- tables


@dataclass
class Language:
    """code: ALL, or None for those that have no row of their own."""

    code: str | None

    @property
    def name(self):
        if self.code is None:
            return _("Other languages")
        return name_local(self.code) if self.code else _("All languages")

    @property
    def dir(self):
        return direction(self.code)


class Cell(NamedTuple):
    words: str
    is_told: bool


class Table:
    """What is told, without the columns in which nothing is: said once instead of in every row.

    columns: their names; empty where nothing is told at all. left_out: the names of the others,
    in words. rows: what names them (a text or a Language), and pairs of a column and its words.
    """

    def __init__(self, rows):
        """rows: pairs of what names them and {one of NAMES: Cell}."""
        told = [name for name in NAMES if any(cells[name].is_told for _head, cells in rows)]
        self.columns = [NAMES[name] for name in told]
        self.left_out = listed(NAMES[name] for name in NAMES if name not in told)
        self.rows = [
            (head, [(NAMES[name], cells[name].words) for name in told]) for head, cells in rows
        ]


def listed(names):
    # Translators: before the last of several names: "Declined, Taken back and Taken down"
    return get_text_list([str(name) for name in names], pgettext("names in a list", "and"))


def number_cell(number):
    return Cell(in_words(number), number.value is not None)


def wait_cell(seconds):
    return Cell(wait_in_words(seconds), seconds is not None)


def cells_of(month, language):
    cells = {name: number_cell(month.of(language, name)) for name in COUNTS}
    return cells | {"wait": wait_cell(month.median_wait(language))}


def rows_of_languages(month):
    codes = sorted(month.languages, key=name_local)
    rows = [(Language(code), cells_of(month, code)) for code in codes]
    if month.has_others:
        others = {name: number_cell(month.of_others(name)) for name in COUNTS}
        rows.append((Language(None), others | {"wait": wait_cell(None)}))
    return [*rows, (Language(ALL), cells_of(month, ALL))]


def rows_of_reasons(month, language):
    """Why letters in a language were declined in a month: words, their language, the number."""
    ours, rows = interface_language(get_language()), []
    for code, number in month.reasons(language):
        words, lang = reasons.said(code) if code else (_("Other reasons"), ours)
        rows.append({"words": words, "number": in_words(number)})
        if lang != ours:
            rows[-1] |= {"lang": lang, "dir": direction(lang)}
    return rows


# ---------------------------------------------------------------------- chart


class Chart:
    """Bars below each other: for each month what it tells of, with the numbers in words.

    Lengths are percents of the room that the style sheet leaves between the months and the
    numbers, heights are in em: it is as wide as the page, and its words are as large as those
    around it. `mirrored` begins at the right. Of what no month tells there are no bars; a number
    that is not told has none either.
    """

    LINE, BAR, BETWEEN = 1.5, 1.2, 0.75  # em

    def __init__(self, months, language, mirrored=False):
        self.mirrored = mirrored
        told = [{name: month.of(language, name) for name in DRAWN} for month in months]
        drawn = [name for name in DRAWN if any(row[name].value is not None for row in told)]
        self.most = max((row[name].value or 0 for row in told for name in drawn), default=0)
        self.legend = [(name, NAMES[name]) for name in drawn]
        self.months, top = [], 0
        for month, numbers in zip(months, told, strict=True):
            lines = self._lines(month)
            self.months.append(
                {
                    "lines": [(words, self._base(top, line)) for line, words in enumerate(lines)],
                    "bars": [
                        self._bar(name, numbers[name], top, line) for line, name in enumerate(drawn)
                    ],
                    "said": self._said(month, drawn, numbers),
                }
            )
            top += max(len(lines), len(drawn)) * self.LINE + self.BETWEEN
        self.height = round(top, 2)
        self.edge = 100 if mirrored else 0
        self.label_dx, self.words_dx = (7, -0.4) if mirrored else (-7, 0.4)

    def _base(self, top, line):
        """Where the words of a line stand."""
        return round(top + line * self.LINE + 0.95, 2)

    def _bar(self, name, number, top, line):
        width = round(100 * (number.value or 0) / self.most, 2)
        return {
            "name": name,
            "x": round(100 - width, 2) if self.mirrored else 0,
            "y": round(top + line * self.LINE, 2),
            "width": width,
            "words": in_words(number),
            "words_x": round(100 - width, 2) if self.mirrored else width,
            "words_y": self._base(top, line),
        }

    @staticmethod
    def _lines(month):
        lines = [date_format(month.month, "F"), date_format(month.month, "Y")]
        return [*lines, pgettext("a running month", "so far")] if month.is_running else lines

    @staticmethod
    def _said(month, drawn, numbers):
        # Translators: one of several numbers in a sentence: "Received: 31"
        each = _("%(column)s: %(number)s")
        said = [each % {"column": NAMES[name], "number": in_words(numbers[name])} for name in drawn]
        return _("%(month)s – %(numbers)s.") % {"month": name_of(month), "numbers": listed(said)}


@sitemap.source
def address(language):
    return [f"/{language}/in-the-open/"]
