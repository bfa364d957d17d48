"""Many letters decided together: what will happen, then all of them, and undo for all."""

import re

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters.desk import care, ticks
from letters.desk.base import DeskView
from letters.desk.forms import DeclineForm
from letters.desk.outcome import deciding
from letters.desk.second import tell_first
from letters.desk.ticks import MOST, keys_of
from letters.desk.together import ACTS, DECLINE, Together, seen_of
from letters.models import Decision, Otherwise, Submission
from letters.models.decision import new_batch

WANTED = {
    Decision.Act.PUBLISH: Otherwise.What.WANTED_PUBLISH,
    Decision.Act.DECLINE: Otherwise.What.WANTED_DECLINE,
}
_BATCH = re.compile("[0-9a-f]{1,32}")  # of `new_batch`


@method_decorator(require_POST, name="dispatch")
class BulkView(DeskView):
    """What will happen to the chosen letters, with their words. Nothing is decided here."""

    template_name = "letters/desk/bulk.html"

    def post(self, request):
        together = Together(self.queue, ticks.posted(request.POST))
        if not together.letters:
            messages.error(request, _("Choose letters that wait for you."))
            return redirect("desk:list")
        if together.gone:
            letters = ", ".join(map(str, together.gone))
            words = _("These do not wait for you any more: %(letters)s")
            messages.warning(request, words % {"letters": letters})
        unticked = {letter.pk for letter in together.letters if letter.read_by_another}
        return self.show(together, DeclineForm(auto_id="id_%s"), unticked)

    def show(self, together, form, unticked=(), changed=()):
        """unticked: numbers of letters that she leaves out. changed: of those that are not as
        she read them."""
        letters = together.to_read()
        for letter in letters:
            letter.is_ticked = letter.pk not in unticked
            letter.is_changed = letter.pk in changed
        context = self.get_context_data(
            letters=letters,
            ticked=ticks.of(*(letter.pk for letter in letters if letter.burst_of_id is None)),
            too_many=together.too_many,
            most=MOST,
            decline_form=form,
            has_changed=bool(changed),
            **together.summary(unticked),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Letters together")}]


class DecideView(BulkView):
    """All that are still ticked, each for itself; what came second changes nothing."""

    def post(self, request):
        act = request.POST.get("act", "")
        seen = seen_of(request.POST)
        ticked = keys_of(request.POST.getlist("letter"))[:MOST]
        form = DeclineForm(request.POST, auto_id="id_%s")
        if act not in ACTS or not ticked or (act == DECLINE and not form.is_valid()):
            return self.again(form, ticked, seen, act)
        reason = form.cleaned_data if act == DECLINE else {}
        batch = new_batch()
        together = Together(self.queue, ticked, whole_bursts=False)
        became = together.decide(act, seen, batch, **reason)
        self.tell(became)
        self.tell_the_first(act, became.get("second", []))
        if not Decision.objects.filter(batch=batch).exists():
            return redirect("desk:list")
        due = care.note_decisions(request, self.queue)
        address = reverse("desk:batch", args=[batch])
        return redirect(f"{address}?{urlencode({'then': due})}" if due else address)

    def again(self, form, ticked, seen, act):
        together = Together(self.queue, seen, whole_bursts=False)
        if not together.letters:
            return redirect("desk:list")
        if not ticked:
            messages.error(self.request, _("Choose at least one letter."))
        if act != DECLINE:
            form = DeclineForm(initial=self.request.POST.dict(), auto_id="id_%s")
        changed = {letter.pk for letter in together.letters if seen[letter.pk] != letter.seen}
        return self.show(together, form, set(seen) - set(ticked) | changed, changed)

    def tell_the_first(self, act, numbers):
        """Who was quicker with one of them learns that it was seen differently."""
        for submission in Submission.objects.sealed().filter(pk__in=numbers):
            quicker = deciding(submission)
            if quicker is not None and act in WANTED and quicker.act != act:
                tell_first(submission, self.request.user, WANTED[act])

    def tell(self, became):
        """What did not happen; what did stands on the next page."""
        sentences = {
            "second": _("Decided meanwhile, so your decision changed nothing: %(letters)s"),
            "changed": _("Changed meanwhile, so please look again: %(letters)s"),
        }
        for done, numbers in became.items():
            letters = ", ".join(map(str, numbers))
            if done in sentences:
                messages.warning(self.request, sentences[done] % {"letters": letters})
            elif done not in Decision.Act.values:
                words = {"why": done, "letters": letters}
                messages.warning(self.request, _("%(why)s: %(letters)s") % words)


class BatchView(DeskView):
    """What she has decided together, and undo for all of it."""

    template_name = "letters/desk/batch.html"

    def get(self, request, batch):
        if not _BATCH.fullmatch(batch):
            return redirect("desk:list")
        hers = Decision.objects.filter(batch=batch, moderator=request.user)
        acts = list(hers.standing().values_list("act", flat=True))
        if not acts:
            return redirect("desk:list")
        context = self.get_context_data(
            batch=batch,
            sentences=[sentence for act, say in SAID.items() if (sentence := say(acts.count(act)))],
            then=request.GET.get("then", ""),
            may_undo=Decision.objects.undoable(request.user).filter(batch=batch).exists(),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Letters together")}]


def _published(count):
    words = ngettext("%(count)s letter published.", "%(count)s letters published.", count)
    return words % {"count": count} if count else ""


def _agreed(count):
    words = ngettext(
        "You agreed to %(count)s letter. Readers see it when one more person agrees.",
        "You agreed to %(count)s letters. Readers see them when one more person agrees.",
        count,
    )
    return words % {"count": count} if count else ""


def _declined(count):
    words = ngettext("%(count)s letter declined.", "%(count)s letters declined.", count)
    return words % {"count": count} if count else ""


def _passed(count):
    words = ngettext("%(count)s letter passed on.", "%(count)s letters passed on.", count)
    return words % {"count": count} if count else ""


SAID = {"publish": _published, "agree": _agreed, "decline": _declined, "pass": _passed}

urlpatterns = [
    path("together/", BulkView.as_view(), name="bulk"),
    path("together/decide/", DecideView.as_view(), name="bulk_decide"),
    path("together/<str:batch>/", BatchView.as_view(), name="batch"),
]
