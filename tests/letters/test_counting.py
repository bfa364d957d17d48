"""The numbers of letters are right, whoever publishes and deletes at the same moment."""

import threading

from django.db import connection, transaction

from letters import counting
from letters.models import Letter, LetterCount


def letter(**fields):
    return Letter.objects.create(**{"kind": "survivor", "language": "en", "words": "x"} | fields)


def numbers():
    return {(key[0], key[1]): number for key, number in counting.current().rows}


def truth():
    rows = Letter.objects.public().order_by().values_list("language", "kind")
    return {key: list(rows).count(key) for key in set(rows)}


def test_every_change_is_counted(db):
    letters = [letter(language=code) for code in ("en", "en", "es")]
    assert numbers() == truth() == {("en", "survivor"): 2, ("es", "survivor"): 1}
    letters[0].hide()
    Letter.objects.filter(pk=letters[1].pk).update(language="fr")
    letters[2].delete()
    assert numbers() == truth() == {("fr", "survivor"): 1}
    letters[0].show()
    letter(hidden=True, language="ar")
    letters[0].words = "Other words"
    letters[0].save()
    assert numbers() == truth() == {("fr", "survivor"): 1, ("en", "survivor"): 1}


def test_what_is_undone_was_never_counted(db):
    letter()
    try:
        with transaction.atomic():
            letter()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert numbers() == {("en", "survivor"): 1}


def test_changes_are_added_up_to_a_row_each(db):
    for _number in range(5):
        letter()
    letter().delete()
    before = numbers()
    counting.add_up()
    assert LetterCount.objects.get().letters == 5
    assert numbers() == before
    Letter.objects.all().delete()
    counting.add_up()
    assert not LetterCount.objects.exists()
    assert numbers() == {}


def test_counting_anew_mends_whatever_was_wrong(db):
    letter()
    LetterCount.objects.update(letters=-7)
    assert numbers() == {}
    counting.count_anew()
    assert numbers() == {("en", "survivor"): 1}


def test_those_who_change_letters_at_once_and_those_who_add_up_agree(transactional_db):
    failed = []

    def work(number):
        try:
            for turn in range(6):
                made = letter(language=["en", "es"][turn % 2])
                made.hide() if turn % 3 == 0 else made.delete() if turn % 3 == 1 else None
                if number == 0:
                    counting.add_up()
        except Exception as error:  # noqa: BLE001 (told below)
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert numbers() == truth() == {("en", "survivor"): 4, ("es", "survivor"): 4}
    counting.add_up()
    assert numbers() == truth()
    assert all(row.letters > 0 for row in LetterCount.objects.all())
