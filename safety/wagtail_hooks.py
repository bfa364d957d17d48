from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from safety.forms import HelplineForm
from safety.models import Helpline


class HelplineViewSet(SnippetViewSet):
    model = Helpline
    icon = "help"
    menu_label = _("Helplines")
    menu_order = 180
    add_to_admin_menu = True
    list_display = ["name", "country", "phone", "is_sample", "checked_on"]
    list_filter = ["is_sample"]
    search_fields = ["name", "phone", "country"]
    search_backend_name = None
    edit_handler = ObjectList(Helpline.panels, base_form_class=HelplineForm)


register_snippet(HelplineViewSet)
