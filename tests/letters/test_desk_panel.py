"""The desk on the first page of the admin."""

import pytest
from django.test import RequestFactory

from letters.desk.panel import DeskPanel
from portal import tree
from tests.letters.submissions import waiting
from tests.letters.test_desk_list import filled
from tests.people import person


@pytest.mark.parametrize("group", ["Moderators", "Lead moderators"])
def test_the_panel_asks_at_most_eight_queries(db, group, django_assert_max_num_queries):
    request = RequestFactory().get("/admin/")
    request.user = person("kim", group, reads=["ar", "en", "es"])
    request.user.get_all_permissions()
    tree.current()
    filled(100)
    with django_assert_max_num_queries(8):
        context = DeskPanel().get_context_data({"request": request, "csrf_token": "x"})
    assert context["waiting"] == 100


def test_the_panel_has_counts_and_one_button(desk, amal, site):
    waiting(), waiting()
    page = desk.get("/admin/").content.decode()
    panel = page[page.index('id="desk-content"') : page.index("Begin with the oldest")]
    assert "2 letters wait." in panel and 'action="/admin/desk/begin/"' in panel
    assert "You are not alone" not in panel
