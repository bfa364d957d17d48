from django.db import models


class MonthInNumbers(models.Model):
    """What came and what was decided in a month, in one language: made by
    `letters.in_the_open` from the submissions and the log of decisions, and nothing else."""

    month = models.DateField()  # its first day
    language = models.CharField(max_length=35)
    received = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    taken_down = models.PositiveIntegerField(default=0)
    declined = models.JSONField(default=dict)  # {code of a reason: how many}
    median_wait = models.PositiveIntegerField(null=True)  # seconds

    class Meta:
        default_permissions = []
        ordering = ["-month", "language"]
        constraints = [
            models.UniqueConstraint(fields=["month", "language"], name="a_language_once_a_month")
        ]
