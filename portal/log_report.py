"""The history of the whole site in the admin: each reads what she did herself; leads and owners
read all. When somebody decided what is nobody else's business."""

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)

READS_ALL = "letters.reveal_contact"


class OwnHistoryFilterSet(SiteHistoryReportFilterSet):
    def get_users_queryset(self):
        user = self.request.user
        found = get_users_for_filter(user)
        return found if user.has_perm(READS_ALL) else found.filter(pk=user.pk)


class HistoryView(LogEntriesView):
    filterset_class = OwnHistoryFilterSet

    def filter_queryset(self, queryset):
        user = self.request.user
        own = queryset if user.has_perm(READS_ALL) else queryset.filter(user=user)
        return super().filter_queryset(own)

    def get_page_subtitle(self):
        return "" if self.request.user.has_perm(READS_ALL) else _("What you did yourself")


history = never_cache(require_admin_access(HistoryView.as_view()))
history_results = never_cache(require_admin_access(HistoryView.as_view(results_only=True)))
