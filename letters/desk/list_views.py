"""What waits, as a list, with the numbers of the desk."""

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters.desk import counters, readers, ticks
from letters.desk.base import DeskView
from letters.desk.queue import shown
from letters.desk.reports import Reports
from letters.models.moderator import Takes
from letters.vocabulary import Kind
from portal.names import language_name

ONLY = ("asked", "mine")
# What an address of the list may hold besides what is ticked.
PLACE = ("language", "kind", "picture", "marked", "only", "after")
LEFT_OUT = {
    ("pictures", Takes.TODAY): _("Letters with pictures are here until tonight."),
    ("pictures", Takes.NOT_TODAY): _("Letters with pictures are left out until tonight."),
    ("pictures", Takes.NEVER): _("Letters with pictures are left out."),
    ("survivor_letters", Takes.TODAY): _("Letters to survivors are here until tonight."),
    ("survivor_letters", Takes.NOT_TODAY): _("Letters to survivors are left out until tonight."),
    ("survivor_letters", Takes.NEVER): _("Letters to survivors are left out."),
}


class FilterForm(forms.Form):
    """Which of the letters that wait she wants to see. What makes no sense is left out."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Kind.choices], required=False
    )
    picture = forms.ChoiceField(
        label=_("Picture"),
        choices=[("", _("All")), ("with", _("With a picture")), ("without", _("Without"))],
        required=False,
    )
    marked = forms.ChoiceField(
        label=_("Marks"),
        choices=[("", _("All")), ("yes", _("To look closer at")), ("no", _("Without a mark"))],
        required=False,
    )

    use_required_attribute = False

    def __init__(self, parameters, languages):
        super().__init__(parameters, auto_id="desk-filter-%s")
        names = sorted(((code, language_name(code)) for code in languages), key=lambda x: x[1])
        self.fields["language"].choices = [("", _("All")), *names]
        self.full_clean()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def condition(self):
        found, chosen = Q(), self.chosen
        if "language" in chosen:
            found &= Q(language=chosen["language"])
        if "kind" in chosen:
            found &= Q(kind=chosen["kind"])
        if "picture" in chosen:
            found &= Q(picture_name="") if chosen["picture"] == "without" else ~Q(picture_name="")
        if "marked" in chosen:
            found &= Q(held=[]) if chosen["marked"] == "no" else ~Q(held=[])
        return found


class ListView(DeskView):
    template_name = "letters/desk/list.html"

    def get(self, request):
        only = request.GET.get("only", "")
        only = only if only in ONLY and (only != "asked" or self.queue.leads) else ""
        by_language = self.queue.by_language
        filters = FilterForm(request.GET, by_language)
        rows, next_cursor = self.queue.rows(
            request.GET.get("after", ""), only=only, narrower=filters.condition
        )
        kept = filters.chosen | ({"only": only} if only else {})
        later = urlencode(kept | {"after": next_cursor}) if next_cursor else ""
        ticked = ticks.of(*ticks.read(request.GET.get("ticked", "")))
        here = {row.pk for row in rows}
        context = self.get_context_data(
            rows=[rowed(row, request.user) for row in rows],
            ticked=ticked,
            elsewhere=ticks.of(*(pk for pk in ticked.kept if pk not in here)),
            most=ticks.MOST,
            later=later,
            here=urlencode({name: request.GET[name] for name in PLACE if request.GET.get(name)}),
            first_page=urlencode(kept),
            is_first_page="after" not in request.GET,
            left_out=left_out(self.queue.profile),
            only=only,
            filters=filters,
            languages=self.queue.language_names,
            **numbers_of(self.queue),
            **Reports(self.queue).count(),
        )
        return self.render_to_response(context)


@method_decorator(require_POST, name="dispatch")
class TurnView(DeskView):
    """To another page of the list, with what is ticked. Nothing is kept: it goes along in the
    address."""

    def post(self, request):
        clears = "clear" in request.POST
        asked = QueryDict(request.POST.get("clear" if clears else "to", "")[: ticks.LONGEST])
        place = {name: asked[name] for name in PLACE if asked.get(name)}
        here = ticks.keys_of(request.POST.getlist("letter"))
        ticked = ticks.of(*here) if clears else ticks.of(*ticks.posted(request.POST))
        if ticked.said:
            messages.warning(request, ticked.said)
        query = urlencode(place | ({"ticked": ticked} if ticked.kept else {}))
        return redirect(f"{reverse('desk:list')}?{query}" if query else "desk:list")


def left_out(profile):
    """Sentences about what her own settings leave out, or let in, just now."""
    chosen = [(sort, profile.choice(sort)) for sort in ("pictures", "survivor_letters")]
    return [LEFT_OUT[one] for one in chosen if one in LEFT_OUT]


def rowed(row, user):
    """What a row of the list says: `label`, `choose_label`, `address`, `length_label`, and
    `states`: who reads it, who else must agree, how many have its words."""
    shown(row)
    number = {"number": row.pk}
    row.label = gettext("Letter %(number)s") % number
    row.choose_label = gettext("Choose letter %(number)s") % number
    row.address = reverse("desk:letter", args=[row.pk])
    length = ngettext("%(length)s character", "%(length)s characters", row.length)
    row.length_label = length % {"length": row.length}
    row.states = []
    if row.together > 1:
        same = ngettext(
            "%(count)s letter with the same words",
            "%(count)s letters with the same words",
            row.together,
        )
        row.states.append(same % {"count": row.together})
    if row.is_claimed and row.claimed_by is not None:
        who = {"who": row.claimed_by.get_username()}
        is_hers = row.claimed_by_id == user.pk
        row.states.append(
            gettext("You are reading it") if is_hers else gettext("%(who)s is reading it") % who
        )
    if row.agreed_by_id is not None:
        row.states.append(gettext("One more person must agree"))
    if row.for_lead:
        row.states.append(gettext("A lead is asked"))
    return row


def numbers_of(queue):
    """What the list and the panel on the admin's first page count, in at most five queries.

    usual: the moment since which it is as long as a letter usually waits, or None. by_language:
    [{name, waiting, oldest, usual}], where there is more than one. unread: names of languages
    that nobody reads, for leads.
    """

    def usual(*codes):
        wait = counters.usual_wait(*(waits[code] for code in codes if code in waits))
        return None if wait is None else timezone.now() - wait

    waits, counted = counters.waits(), queue.by_language
    rows = [
        {
            "name": language_name(code),
            "waiting": waiting,
            "oldest": oldest,
            "usual": usual(code),
        }
        for code, (waiting, oldest) in counted.items()
    ]
    return {
        **queue.count(),
        "mine": queue.count_hers("read"),
        "decided_today": queue.count_hers("decided"),
        "usual": usual(*(waits if queue.languages is None else queue.languages)),
        "by_language": sorted(rows, key=lambda row: row["name"]) if len(rows) > 1 else [],
        "unread": [language_name(code) for code in readers.unread(counted)] if queue.leads else [],
    }


urlpatterns = [
    path("", ListView.as_view(), name="list"),
    path("turn/", TurnView.as_view(), name="turn"),
]
