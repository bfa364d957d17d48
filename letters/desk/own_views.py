"""A moderator's own pages: how she works, a pause, and letters that others loved.

What they hold is hers: nobody else is shown it, and no log says it.
"""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from letters import paper
from letters.desk import care, loved
from letters.desk.base import DeskView
from letters.desk.own_forms import ProfileForm
from letters.desk.queue import leads
from letters.models import Letter, ModeratorProfile
from portal.shell import Shell


class OwnView(DeskView):
    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def key(self, name):
        """The key of a letter in the query, or None."""
        key = self.request.GET.get(name, "")
        return int(key) if key.isascii() and key.isdecimal() and len(key) <= 18 else None

    @property
    def following(self):
        """Where `?next=` leads: to a letter, else to the list."""
        key = self.key("next")
        return reverse("desk:list") if key is None else reverse("desk:letter", args=[key])


class ProfileView(OwnView):
    page_title = gettext_lazy("My desk")
    template_name = "letters/desk/profile.html"
    form = None

    def get(self, request):
        form = self.form or ProfileForm(instance=ModeratorProfile.of(request.user))
        return self.render_to_response(
            self.get_context_data(
                form=form, is_lead=leads(request.user), has_address=bool(request.user.email)
            )
        )

    def post(self, request):
        self.form = ProfileForm(request.POST, instance=ModeratorProfile.of(request.user))
        if not self.form.is_valid():
            return self.get(request)
        self.form.save()
        messages.success(request, _("Saved. Nobody but you sees this."))
        return redirect("desk:profile")


class PauseView(OwnView):
    """After some time, or when she has decided as many letters as she meant to."""

    page_title = gettext_lazy("A pause")
    template_name = "letters/desk/pause.html"

    def get(self, request):
        shell = Shell(request)
        return self.render_to_response(
            self.get_context_data(
                why="enough" if request.GET.get("why") == "enough" else "break",
                following=self.following,
                safety_url=shell.safety_url,
                helplines_url=shell.helplines_url,
            )
        )


class LovedView(OwnView):
    """One letter that a colleague loved; `?letter=` asks for a certain one again."""

    page_title = gettext_lazy("A loved letter")
    template_name = "letters/desk/loved.html"

    def get(self, request):
        letter = self.asked() or loved.one(
            request.user, ModeratorProfile.of(request.user), care.just_seen(request)
        )
        if letter is None:
            return redirect(self.following)
        care.note_seen(request, letter)
        again = urlencode({"letter": letter.pk, "next": self.key("next") or ""})
        return self.render_to_response(
            self.get_context_data(
                letter=letter,
                body=paper.html(letter.words, heading_level=3),
                following=self.following,
                # This very letter, after she has said that she loves it.
                back=f"{request.path}?{again}",
            )
        )

    def asked(self):
        key = self.key("letter")
        if key not in care.just_seen(self.request):
            return None
        letters = Letter.objects.public().select_related("decision_maker", "campaign")
        return next(iter(Letter.prepare(letters.filter(pk=key))), None)


@method_decorator(require_POST, name="dispatch")
class LoveView(DeskView):
    """Loves a public letter, or no longer. Back to where the button was."""

    def post(self, request, pk):
        letter = get_object_or_404(Letter.objects.public(), pk=pk)
        if loved.toggle(letter, request.user):
            said = _("You love this letter. It may cheer up somebody else of the team.")
        else:
            said = _("You no longer love this letter.")
        messages.success(request, said)
        back = request.POST.get("back", "")
        if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, None):
            back = reverse("desk:list")
        return redirect(back)


urlpatterns = [
    path("me/", ProfileView.as_view(), name="profile"),
    path("pause/", PauseView.as_view(), name="pause"),
    path("loved/", LovedView.as_view(), name="loved"),
    path("loved/<int:pk>/love/", LoveView.as_view(), name="love"),
]
