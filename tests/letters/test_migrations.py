"""Upgrading and going back on a database with letters in it: nobody sees more than before."""

import pytest
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from letters.models import Letter
from tests.letters.submissions import waiting

FORMER = ("letters", "0001_initial")


def migrate(*targets):
    """The models as they are after it."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def newest():
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def test_going_back_publishes_no_picture_that_its_writer_keeps_to_herself(transactional_db):
    words_only = waiting(picture_name="x", may_publish_picture=False)
    both = waiting(picture_name="y")
    no_picture = waiting(may_publish_picture=False)
    kept = waiting(state="kept", may_publish_words=False)
    wider = waiting(letter=Letter.objects.create(kind="survivor", language="en", words="Public"))
    rows = migrate(FORMER).get_model("letters", "Submission").objects
    may = dict(rows.values_list("pk", "may_publish"))
    assert [may[row.pk] for row in (words_only, both, no_picture)] == [False, True, True]
    states = dict(rows.values_list("pk", "state"))
    assert (states[kept.pk], states[wider.pk]) == ("waiting", "published")
    rows = migrate(*newest()).get_model("letters", "Submission").objects
    assert list(rows.values_list("pk", flat=True).filter(may_publish_picture=True)) == sorted(
        pk for pk, allowed in may.items() if allowed
    )


def test_nobody_goes_back_to_where_hidden_letters_would_be_seen(transactional_db):
    Letter.objects.create(kind="survivor", language="en", words="Public", hidden=True)
    with pytest.raises(IrreversibleError):
        migrate(FORMER)
    assert list(Letter.objects.values_list("hidden", flat=True)) == [True]
    migrate(*newest())
