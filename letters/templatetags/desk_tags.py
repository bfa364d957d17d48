from django import template

from letters.desk.sealed import ContactForm, OriginalForm
from letters.models import Love, Submission

register = template.Library()


@register.simple_tag(takes_context=True)
def sealed_forms(context, submission):
    """{"original": form, "contact": form}: of what there is and this person may open."""
    user, forms = context.request.user, {}
    is_kept = submission.state == Submission.State.KEPT  # nobody is to see it
    if submission.picture_name and not is_kept and user.has_perm("letters.see_original"):
        forms["original"] = OriginalForm()
    if submission.has_contact and user.has_perm("letters.reveal_contact"):
        forms["contact"] = ContactForm()
    return forms


@register.simple_tag(takes_context=True)
def is_loved(context, letter):
    """Whether the person who looks at this page loves a letter."""
    return Love.objects.filter(letter=letter, user=context.request.user).exists()
