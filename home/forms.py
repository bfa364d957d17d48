from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm

from home.models.picture import cleaned
from portal.picture import PictureError


class PictureForm(BaseImageForm):
    """Says in the form what is wrong with a file, instead of failing when it is stored."""

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data or not upload:
            return upload
        try:
            return cleaned(upload)
        except PictureError as error:
            raise ValidationError(str(error)) from error
