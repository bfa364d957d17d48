from django.conf import settings
from django.db import models
from django.utils import timezone

from letters.models.decision import Decision


class Otherwise(models.Model):
    """Told to the first of two moderators: the second saw a letter differently. Gone when she has
    seen it; holds no word of a letter."""

    class What(models.TextChoices):
        # Of a letter that she had agreed to publish.
        DECLINED = "declined"
        ASKED = "asked"
        GAPS = "gaps"  # published, with other places blanked out
        BESIDE = "beside"  # published, with another description or other content notes
        # Of a letter that she had decided a moment before.
        WANTED_DECLINE = "wanted-decline"
        WANTED_PUBLISH = "wanted-publish"
        WANTED_ASK = "wanted-ask"
        WANTED_GAPS = "wanted-gaps"
        LEFT_OUT = "left-out"
        RETURNED = "returned"  # to a lead

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    submission = models.ForeignKey("letters.Submission", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = models.CharField(max_length=20)
    # Of whoever saw it differently. Nothing is told of one that was undone.
    decision = models.ForeignKey(Decision, null=True, on_delete=models.CASCADE, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made", "pk"]
        default_permissions = []

    def __str__(self):
        return f"Otherwise {self.pk}"

    @classmethod
    def tell(cls, user_id, submission, by, what, decision=None):
        """The newest about a letter stands for those before it. Nobody is told of herself."""
        if user_id is None or by is None or user_id == by.pk:
            return
        cls.objects.filter(user=user_id, submission=submission).delete()
        cls.objects.create(
            user_id=user_id, submission=submission, by=by, what=what, decision=decision
        )

    @classmethod
    def after(cls, decision, first, before, now):
        """Tell the first of two who must agree, where the second decided otherwise. first: her
        key. before, now: {field: value} of the letter as she left it, and as it was published."""
        act, what = Decision.Act(decision.act), None
        if act == act.DECLINE:
            what = cls.What.DECLINED
        elif act == act.ASK:
            what = cls.What.ASKED
        elif act == act.PUBLISH:
            differ = {name for name in before if name in now and before[name] != now[name]}
            if differ & {"redactions", "boxes"}:
                what = cls.What.GAPS
            elif differ & {"picture_alt", "transcript", "content_notes"}:
                what = cls.What.BESIDE
        if what:
            cls.tell(first, decision.submission, decision.moderator, what, decision)
