"""Finding letters by what is in them: the same on every database."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from letters import counting, search
from letters.models import DecisionMaker, Letter, LetterCount
from letters.search import finding, index, tokens
from tests.environment import POSTGRESQL
from tests.letters import sweep

LETTERS = [
    ("corazón", "Te escribo con el Corazón en la mano", "es"),
    ("hindi", "प्रिय बहन, तुम अकेली नहीं हो। हम तुम्हारे साथ हैं", "hi"),
    ("chinese", "亲爱的你，你并不孤单。我们爱你", "zh-hans"),
    ("traditional", "親愛的妳，妳並不孤單", "zh-hant"),
    ("japanese", "あなたは一人じゃない。ガンバって", "ja"),
    ("korean", "당신은 혼자가 아니에요", "ko"),
    ("thai", "คุณไม่ได้อยู่คนเดียว เรารักคุณ", "th"),
    ("lao", "ເຈົ້າບໍ່ໄດ້ຢູ່ຄົນດຽວ", "lo"),
    ("khmer", "អ្នកមិននៅម្នាក់ឯងទេ", "km"),
    ("burmese", "သင်တစ်ယောက်တည်းမဟုတ်ပါ", "my"),
    ("arabic", "لستِ وحدكِ، أنا معكِ", "ar"),
    ("hebrew", "אַתְּ לֹא לבד", "he"),
    ("persian", "تو تنها نیستی، می‌خواهم بمانی", "fa"),
    ("russian", "Ты не одна, моя подруга. Ещё не вечер", "ru"),
    ("greek", "Δεν είσαι μόνη σου", "el"),
    ("german", "Die Straße gehört uns", "de"),
    ("turkish", "Yalnız değilsin, İyi ki varsın", "tr"),
    ("vietnamese", "Bạn không cô đơn", "vi"),
    ("percent", "100% of us_all don’t give in", "en"),
    ("twice", "You are strong. Are you here? You are", "en"),
    ("once", "We are here and you know it", "en"),
]


@pytest.fixture
def letters(db):
    return {
        title: Letter.objects.create(kind="survivor", title=title, words=words, language=language)
        for title, words, language in LETTERS
    }


def found(query, **filters):
    keys = search.find(search.Query.of(query), filters).keys
    assert keys == sorted(keys, reverse=True)
    return sorted(Letter.objects.filter(pk__in=keys).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("corazon", "corazón"),
        ("CORAZÓN", "corazón"),
        ("mano escribo", "corazón"),
        ("escri", "corazón"),
        ("escri* mano", "corazón"),
        ("बहन", "hindi"),
        ("孤单", "chinese"),
        ("亲", "chinese"),
        ("单", "chinese"),
        ("我们爱你", "chinese"),
        ("“亲爱的你”", "chinese"),
        ("孤單", "traditional"),
        ("一人", "japanese"),
        ("ｶﾞﾝﾊﾞ", "japanese"),
        ("혼자가", "korean"),
        ("혼", "korean"),
        ("คนเดียว", "thai"),
        ("รัก", "thai"),
        ("ຄົນດຽວ", "lao"),
        ("ម្នាក់", "khmer"),
        ("တစ်ယောက်", "burmese"),
        ("لست", "arabic"),
        ("انا معك", "arabic"),
        ("لـسـت", "arabic"),
        ("את", "hebrew"),
        ("میخواهم", "persian"),
        ("ЕЩЕ", "russian"),
        ("μονη", "greek"),
        ("STRASSE", "german"),
        ("iyi", "turkish"),
        ("khong co don", "vietnamese"),
        ("100%", "percent"),
        ("us_all", "percent"),
        ("don't", "percent"),
        ('"you are"', "twice"),
        ('"here and you"', "once"),
        ("kno", "once"),
    ],
)
def test_it_is_found_as_people_type(letters, query, title):
    assert found(query) == [title]


@pytest.mark.parametrize(
    "query",
    [
        "corazon berlin",  # one of them is not there
        "बहिन",  # a vowel sign is not an accent
        "escri mano",  # only the last word may be a half
        "ni",  # not within a word
        '"are you know"',
        '"strong you"',
        '"stron"',
        "单孤",
        "爱我",
        "100 give of nothing",
    ],
)
def test_what_does_not_fit_is_not_found(letters, query):
    assert found(query) == []


@pytest.mark.parametrize("query", ["", " ", "%", "_", "\\", "***", '"""', "💜", "\u0301", "\x00"])
def test_without_a_word_nothing_is_looked_for(letters, query):
    assert not search.Query.of(query)
    assert found(query) == []


words = sorted({word for _title, text, _language in LETTERS for word in text.split()})
pieces = st.one_of(
    st.sampled_from(words),
    st.sampled_from(words).flatmap(
        lambda word: st.integers(1, len(word)).map(lambda length: word[:length])
    ),
    st.sampled_from(
        ["*", '"', "“", "”", "(", "-", "NOT ", "OR", "'", "\\", ":", "@len", "爱", "你"]
    ),
    st.text(max_size=4),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.lists(pieces, max_size=7), glue=st.sampled_from([" ", ""]))
def test_whatever_is_asked_for_the_hits_are_those_of_the_rule(letters, query, glue):
    asked = search.Query.of(glue.join(query))
    texts = {title: one.search_text for title, one in letters.items()}
    expected = sorted(title for title, text in texts.items() if asked and asked.matches(text))
    assert found(glue.join(query)) == expected


HOSTILE = {
    "long": "a " * 5000,
    "marks": "\u0301" * 10_000,
    "stack": "ก" + "\u0e49" * 10_000,
    "quotes": '"' * 1000,
    "quoted": '"a"' * 1000,
    "operators": "NEAR(a b) AND OR NOT ^a -b :c {d e} a* * <-> & | ! ' \\ '' $$",
    "nul": "a\x00b\x00",
    "surrogates": "\ud800 a \udfff",
    "signs": "!?%_'\"\\" * 20,
    "expanding": "\ufdfa" * 100,
    "one word": "x" * 10_000,
    "chinese": "爱你" * 5000,
    "filters": "@len @ksurvivor @d1",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_query_is_harmless_and_bounded(letters, query, django_assert_max_num_queries):
    asked = search.Query.of(query)
    assert len(asked.terms) <= search.MAX_TERMS
    assert sum(len(term.tokens) for term in asked.terms) <= 2 * search.MAX_LENGTH
    assert max((len(t) for term in asked.terms for t in term.tokens), default=0) <= tokens.LONGEST
    with django_assert_max_num_queries(2):  # the letters are on one shelf
        assert not search.find(asked).is_late


def test_it_says_that_not_all_of_a_long_query_was_looked_for():
    assert search.Query.of("a b c d e f g").was_cut
    assert search.Query.of("x" * 101).was_cut
    assert not search.Query.of("a b c d e f").was_cut


def test_what_was_blanked_out_is_not_found_by_its_reason(db):
    Letter.objects.create(kind="survivor", title="gap", words="Dear ⟦name⟧, hello", language="en")
    assert found("hello") == ["gap"]
    assert found("name") == []


# ---------------------------------------------------------------- filters, order, limits


def test_filters_and_words_combine(letters):
    other = Letter.objects.create(kind="decision-maker", words="Eres de corazón", language="pt-BR")
    assert found("corazon", language="es") == ["corazón"]
    assert found("corazon", language="pt-BR") == [other.title]
    assert found("corazon", language=["es", "pt-BR"]) == ["", "corazón"]
    assert found("corazon", kind="survivor") == ["corazón"]
    assert found("corazon", kind="survivor", language="pt-BR") == []


def many(count, words="you are here", **fields):
    return Letter.objects.bulk_create(
        Letter(
            code=f"code{words[:5]}{number}", kind="survivor", language="en", words=words, **fields
        )
        for number in range(count)
    )


@pytest.mark.parametrize("first", [1, 40_000])
def test_a_search_begins_anywhere_and_goes_both_ways(db, monkeypatch, first):
    shelf = 1 << index.SHELF_BITS  # there are letters on many, and on some none
    query, keys = search.Query.of("here"), []
    for number in range(30):
        place = first + number * shelf // (7 if number < 20 else 1)
        [letter] = many(1, f"{number} here" if number % 3 else f"{number} there", pk=place)
        keys = [letter.pk, *keys] if number % 3 else keys

    def found(**where):
        result = search.find(query, **where)
        assert result.is_all and not result.is_late
        return result.keys

    assert found() == keys
    assert found(before=keys[9]) == keys[10:]
    assert found(before=keys[9] + 1) == keys[9:]
    assert found(before=first) == found(after=keys[0]) == []
    assert found(after=keys[9]) == keys[:9]
    assert found(after=0) == found(before=10 * keys[0]) == keys
    # The nearest ones, also where not all are looked up.
    monkeypatch.setattr(finding, "MOST", 3)
    assert search.find(query, after=keys[9]).keys[-3:] == keys[6:9]
    assert search.find(query, before=keys[9]).keys[:3] == keys[10:13]
    assert not search.find(query).is_all


def test_no_more_than_a_thousand_are_counted(db):
    many(search.MOST + 5)
    result = search.find(search.Query.of("here"))
    assert len(result.keys) > search.MOST
    assert not result.is_all and not result.is_late
    assert search.find(search.Query.of("nowhere")).is_all


def test_the_best_come_first(letters):
    title = Letter.objects.create(kind="survivor", title="Courage", words="Hi", language="en")
    words = Letter.objects.create(kind="survivor", words="Courage, my dear, " * 2, language="en")
    once = Letter.objects.create(kind="survivor", words="far " * 200 + "courage", language="en")
    half = Letter.objects.create(kind="survivor", words="courageous " + "x " * 300, language="en")
    keys = search.best(search.Query.of("courage")).keys
    assert set(keys[:2]) == {title.pk, words.pk}
    assert keys[2:] == [once.pk, half.pk]
    assert search.best(search.Query.of("courage"), upto=words.pk).keys == [
        key for key in keys if key <= words.pk
    ]


def test_a_search_that_takes_too_long_is_stopped_and_says_so(db, monkeypatch):
    many(3_000, "one two three " * 50)
    query = search.Query.of("three-two")  # which may go on, so it is looked for in every letter
    monkeypatch.setattr(finding, "PATIENCE", 0)
    result = search.find(query)
    assert result.is_late and not result.is_all
    monkeypatch.setattr(finding, "PATIENCE", 60_000)
    result = search.find(query)
    assert result.keys == [] and result.is_all and not result.is_late
    assert Letter.objects.count() == 3_000  # what it is part of goes on


def test_words_that_all_letters_have_are_no_phrase_in_any_of_them(db):
    many(3_000, "one two three " * 50)
    with CaptureQueriesContext(connection) as asked:
        assert search.find(search.Query.of('"three two"')).is_all
    assert "@w" in asked[-1]["sql"]
    assert len(search.find(search.Query.of('"three one two"')).keys) > search.MOST


# ----------------------------------------------------------- what is gone, is gone


def indexed(token):
    """Whether it stands anywhere in the database, besides the letters themselves."""
    if POSTGRESQL:
        with connection.cursor() as cursor:
            sql = f"SELECT {index.TOKENS}::text FROM letters_letter WHERE NOT hidden"
            cursor.execute(
                f"SELECT count(*) FROM ({sql}) AS of_it (it) WHERE it LIKE %s", [f"%{token}%"]
            )
            return bool(cursor.fetchone()[0])
    rows = {name: text for name, text in sweep.every_table().items() if "search" in name}
    return bool(sweep.where([token], rows))


@pytest.fixture
def canary(letters):
    letter = Letter.objects.create(kind="survivor", words="Zebracanary here", language="en")
    assert found("zebracanary") == [""]
    assert indexed("zebracanary")
    return letter


def gone():
    assert found("zebracanary") == []
    counting.add_up()
    return not indexed("zebracanary")


def test_a_hidden_letter_is_in_no_index_until_it_is_shown(canary):
    canary.hide()
    assert gone()
    canary.show()
    assert found("zebracanary") == [""]


def test_hidden_by_an_update_of_many_it_is_gone_as_well(canary):
    Letter.objects.update(hidden=True)
    assert gone()
    Letter.objects.update(hidden=False)
    assert found("zebracanary") == [""]


def test_an_erased_letter_leaves_no_word_in_the_index(canary):
    canary.delete()
    assert gone()


def test_all_letters_erased_at_once_leave_no_word_in_the_index(canary):
    Letter.objects.all().delete()
    assert gone()


def test_a_word_that_was_blanked_out_is_in_no_index(canary):
    canary.words = "⟦name⟧ here"
    canary.save(update_fields=["words", "excerpt", "search_text"])
    assert gone()
    assert canary.title in found("here")


def test_letters_made_at_once_are_found(db):
    many(3, "Zebracanary")
    assert len(search.find(search.Query.of("zebracanary")).keys) == 3


def test_the_desk_finds_hidden_letters_too(canary):
    canary.hide()
    assert list(search.matching(Letter.objects.all(), "zebracanary")) == [canary]
    assert list(search.matching(Letter.objects.public(), "zebracanary")) == []
    assert list(search.matching(Letter.objects.all(), "zebracanary nowhere")) == []


def test_who_is_asked_for_is_found_after_a_decision_maker_was_deleted(letters, db):
    maker = DecisionMaker.objects.create(
        name="M", slug="m", kind="platform", locale=Locale.get_default()
    )
    Letter.objects.create(kind="decision-maker", words="Zebra", language="en", decision_maker=maker)
    assert found("zebra", decision_maker_id=maker.pk) == [""]
    key = maker.pk
    maker.delete()
    assert found("zebra", decision_maker_id=key) == []
    assert found("zebra") == [""]


def test_the_index_can_be_made_anew(letters):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE letters_letter SET search_text = ''")
    LetterCount.objects.all().delete()
    assert found("corazon") == []
    call_command("index_letters", stdout=io.StringIO())
    assert found("corazon") == ["corazón"]
    assert counting.current().of({"language": "es"}) == 1


def test_a_table_that_was_made_anew_has_its_triggers_again(letters):
    trigger = "letters_letter_count ON letters_letter" if POSTGRESQL else "letters_letter_added"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}")
    Letter.objects.create(kind="survivor", words="Zebra", language="en")
    assert found("zebra") == ([""] if POSTGRESQL else [])
    with connection.cursor() as cursor:
        if POSTGRESQL:  # as between migrations: nothing is pending
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    index.after_migrating("default")
    assert found("zebra") == [""]
    assert found("corazon") == ["corazón"]
    assert counting.current().of({"language": "en"}) == 4
