from django.core.exceptions import ValidationError
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.models.picture import cleaned
from portal.picture import PictureError


class UploadedPictureField(WagtailImageField):
    """Says in the form what is wrong with a file. Wagtail would open it in the server's own
    process, and fail on a broken one."""

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            return cleaned(upload)
        except PictureError as error:
            raise ValidationError(str(error)) from error


class PictureForm(BaseImageForm):
    file = UploadedPictureField(label=_("file"))
