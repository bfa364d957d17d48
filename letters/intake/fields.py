"""Form fields for texts by the rules of `words`."""

from django import forms

from letters.intake import words as rules


class Words(forms.CharField):
    """Text by the rules of `letters.intake.words`; what is too long is refused, never cut."""

    def __init__(self, *, room, several_lines=False, **options):
        self.room, self.several_lines = room, several_lines
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value):
        tidy = rules.normalise if self.several_lines else rules.normalise_line
        return tidy(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        rules.check_room(value, self.room)
