"""The page "In the open": the numbers of `letters.in_the_open` as tables and as a chart."""

from dataclasses import dataclass

from django import forms
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from letters import in_the_open, reasons
from letters.in_the_open import ALL, COUNTS
from portal import sitemap, tree
from portal.languages import direction, interface_language, name_local
from portal.shell import Shell

NAMES = {
    "received": pgettext_lazy("letters, in a table of numbers", "Received"),
    "published": pgettext_lazy("letters, in a table of numbers", "Published"),
    "declined": pgettext_lazy("letters, in a table of numbers", "Declined"),
    "withdrawn": pgettext_lazy("letters, in a table of numbers", "Taken back"),
    "taken_down": pgettext_lazy("letters, in a table of numbers", "Taken down"),
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


def in_the_open_page(request):
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
        "columns": NAMES.values(),
        "language": Language(language),
        "by_month": [row_of_month(month, language) for month in months],
        "chart": Chart(months, language, mirrored),
        "chosen_name": name_of(chosen),
        "by_language": rows_of_languages(chosen) if language == ALL else None,
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


def row_of_month(month, language):
    return {
        "name": name_of(month),
        "numbers": [in_words(month.of(language, name)) for name in COUNTS],
        "wait": wait_in_words(month.median_wait(language)),
    }


def rows_of_languages(month):
    rows = [
        {"language": Language(code)} | row_of_month(month, code)
        for code in sorted(month.languages, key=name_local)
    ]
    if month.has_others:
        numbers = [in_words(month.of_others(name)) for name in COUNTS]
        rows.append({"language": Language(None), "numbers": numbers, "wait": wait_in_words(None)})
    return [*rows, {"language": Language(ALL)} | row_of_month(month, ALL)]


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
    """Bars side by side: three for each month, from the top down, with their numbers in words.

    In units of its own; `mirrored` begins at the right. A number that is not told has no bar.
    """

    WIDTH, LABEL, BARS = 320, 84, 136
    BAR, BETWEEN, HEAD = 15, 10, 4

    def __init__(self, months, language, mirrored=False):
        self.mirrored = mirrored
        told = [[month.of(language, name) for name in DRAWN] for month in months]
        self.most = max((number.value or 0 for row in told for number in row), default=0)
        self.months, top = [], self.HEAD
        for month, numbers in zip(months, told, strict=True):
            self.months.append(
                {
                    "x": self._x(0),
                    "lines": [
                        (words, top + self.BAR * (place + 1) - 4)
                        for place, words in enumerate(self._lines(month))
                    ],
                    "bars": [
                        self._bar(name, number, top + place * self.BAR)
                        for place, (name, number) in enumerate(zip(DRAWN, numbers, strict=True))
                    ],
                    "said": self._said(month, numbers),
                }
            )
            top += len(DRAWN) * self.BAR + self.BETWEEN
        self.height = top
        self.legend = [(name, NAMES[name]) for name in DRAWN]

    def _x(self, start, width=0):
        return self.WIDTH - start - width if self.mirrored else start

    def _bar(self, name, number, y):
        width = round(self.BARS * (number.value or 0) / self.most, 1) if self.most else 0
        return {
            "name": name,
            "x": self._x(self.LABEL, width),
            "y": y,
            "width": width,
            "height": self.BAR - 2,
            "words": in_words(number),
            "words_x": self._x(self.LABEL + width + 4),
            "words_y": y + self.BAR - 4,
        }

    @staticmethod
    def _lines(month):
        lines = [date_format(month.month, "F"), date_format(month.month, "Y")]
        return [*lines, pgettext("a running month", "so far")] if month.is_running else lines

    @staticmethod
    def _said(month, numbers):
        words = {name: in_words(number) for name, number in zip(DRAWN, numbers, strict=True)}
        return _(
            "%(month)s: received %(received)s, published %(published)s, declined %(declined)s."
        ) % {"month": name_of(month), **words}


@sitemap.source
def address(language):
    return [f"/{language}/in-the-open/"]
