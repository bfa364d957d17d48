from datetime import timedelta
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

VERIFIED_DAYS = 365
SOON_DAYS = 30
URL_LENGTH = 2000
POST_LENGTH, POST_LINES = 600, 12


class ChannelKind(models.TextChoices):
    """How a letter reaches an office, in the order in which ways are offered."""

    EMAIL = "email", _("E-mail")
    FORM = "form", _("Web form")
    POST = "post", _("Post")
    ACCOUNT = "account", _("Public account")


def clean_url(value, schemes):
    value = value.strip()
    if len(value) > URL_LENGTH:
        raise ValidationError(_("This address is too long."), code="long")
    URLValidator(schemes=schemes)(value)
    if "@" in urlsplit(value).netloc:
        # "https://office.example@elsewhere.example" leads elsewhere.
        raise ValidationError(_("There is a name before the address of the site."), code="name")
    return value


def clean_post(value):
    lines = [" ".join(line.split()) for line in value.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) < 2:
        raise ValidationError(
            _("Please write a postal address in lines, as on an envelope."), code="lines"
        )
    if len(lines) > POST_LINES or sum(map(len, lines)) > POST_LENGTH:
        raise ValidationError(_("This address is too long."), code="long")
    return "\n".join(lines)


def clean_value(kind, value):
    """An address by the rules of its kind, tidied. Raises ValidationError."""
    if kind == ChannelKind.EMAIL:
        value = value.strip()
        EmailValidator()(value)
        return value
    if kind == ChannelKind.FORM:
        return clean_url(value, ["http", "https"])
    if kind == ChannelKind.ACCOUNT:
        return clean_url(value, ["https"])
    return clean_post(value)


class ChannelQuerySet(models.QuerySet):
    def unverified(self):
        oldest = timezone.localdate() - timedelta(days=VERIFIED_DAYS)
        return self.filter(models.Q(checked_on=None) | models.Q(checked_on__lt=oldest))

    def to_check(self):
        """Unverified, or so within a month; the oldest check first."""
        oldest = timezone.localdate() - timedelta(days=VERIFIED_DAYS - SOON_DAYS)
        return self.filter(models.Q(checked_on=None) | models.Q(checked_on__lt=oldest)).order_by(
            models.F("checked_on").asc(nulls_first=True), "decision_maker__slug", "pk"
        )


class Channel(models.Model):
    """An address at which a decision-maker takes letters, and how we know. It belongs to the
    row in the source language; translations have none of their own."""

    decision_maker = ParentalKey(
        "letters.DecisionMaker", on_delete=models.CASCADE, related_name="channels"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind)
    value = models.TextField(
        _("address"),
        help_text=_(
            "An e-mail address, the address of the form or account on the web, or the lines of "
            "a postal address."
        ),
    )
    source = models.URLField(
        _("found at"),
        max_length=URL_LENGTH,
        blank=True,
        help_text=_("The page that says so, best one of their own."),
    )
    checked_on = models.DateField(
        pgettext_lazy("channel", "checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last saw that it holds. After a year it is unverified."),
    )
    checked_by = models.CharField(_("checked by"), max_length=100, blank=True)

    objects = ChannelQuerySet.as_manager()

    panels = [
        FieldPanel("kind"),
        FieldPanel("value"),
        FieldPanel("source"),
        # The browser's own field for dates: Wagtail's starts itself by a script in the page.
        FieldRowPanel(
            [
                FieldPanel("checked_on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")),
                FieldPanel("checked_by"),
            ]
        ),
    ]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        default_permissions = []

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"

    @property
    def is_unverified(self):
        """Nobody has checked it within a year."""
        if self.checked_on is None:
            return True
        return (timezone.localdate() - self.checked_on).days > VERIFIED_DAYS

    @property
    def rank(self):
        """Sorts the ways to send: verified before unverified, then by kind, the latest check
        first."""
        age = -self.checked_on.toordinal() if self.checked_on else 0
        return self.is_unverified, list(ChannelKind).index(self.kind), age, self.pk or 0

    def clean(self):
        errors = {}
        if self.kind in ChannelKind.values and self.value:
            try:
                self.value = clean_value(self.kind, self.value)
            except ValidationError as error:
                errors["value"] = error
        if self.source:
            try:
                self.source = clean_url(self.source, ["http", "https"])
            except ValidationError as error:
                errors["source"] = error
        if self.checked_on and self.checked_on > timezone.localdate():
            errors["checked_on"] = ValidationError(_("This day is still to come."), code="future")
        if errors:
            raise ValidationError(errors)
