from django.urls import path, register_converter

from letters.intake import comeback, views
from letters.vocabulary import Kind


class KindConverter:
    regex = "|".join(Kind.values)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(KindConverter, "letter_kind")

urlpatterns = [
    path("receipt/", comeback.comeback, name="comeback"),
    path("write/picture/<str:passed>/", views.pending_picture, name="pending_picture"),
    path("write/<letter_kind:kind>/", views.write, name="write"),
    path("write/<letter_kind:kind>/check/", views.check, name="check"),
    path("write/<letter_kind:kind>/draft/", views.draft, name="draft"),
    path("write/<letter_kind:kind>/kit/", views.kit, name="kit"),
    path("write/<letter_kind:kind>/send/", views.send, name="send"),
]
