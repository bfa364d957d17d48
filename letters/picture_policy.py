"""Pictures of letters in the image library: they belong to their letters, and come and go with
them. Whoever could change one there would publish without a decision."""

from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from letters.models import Letter


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, for all pictures but those of letters, which nobody sees in the library, chooses,
    changes or deletes; a superuser is no exception."""

    def __init__(self):
        super().__init__(
            get_image_model(),
            auth_model="wagtailimages.Image",
            owner_field_name="uploaded_by_user",
        )

    def user_has_any_permission_for_instance(self, user, actions, instance):
        if Letter.objects.filter(picture_id=instance.pk, picture__isnull=False).exists():
            return False
        return super().user_has_any_permission_for_instance(user, actions, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        of_letters = Letter.objects.exclude(picture=None).values("picture")
        return (
            super().instances_user_has_any_permission_for(user, actions).exclude(pk__in=of_letters)
        )


class PicturesAPI(ImagesAdminAPIViewSet):
    """The admin's own API asks no policy."""

    def get_queryset(self):
        of_letters = Letter.objects.exclude(picture=None).values("picture")
        return super().get_queryset().exclude(pk__in=of_letters)
