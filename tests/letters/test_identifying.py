"""What could identify somebody: found in every script, and ordinary words left alone."""

import random
import time
import tomllib
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from letters.intake.identifying import IdentifyingKind, find
from letters.intake.identifying.regions import regions

LETTERS = Path(__file__).parents[2] / "home/demo/letters"

# The marked words stand between ⟨ and ⟩.
FOUND = """
phone en|Call me at ⟨+44 7700 900123⟩ or ⟨(212) 555-0187⟩.
phone en|Ring ⟨07700 900123⟩ tonight, or ⟨0033 6 12 34 56 78⟩
phone en|My number is ⟨555-0142⟩ and I’m up till two
phone hi|मेरा नंबर ⟨९८७६५ ४३२१०⟩ है
phone ar|رقمي ⟨٠١٠٠١٢٣٤٥٦٧⟩ اتصلوا بي
phone fa|شماره من ⟨۰۹۱۲ ۳۴۵ ۶۷۸۹⟩ است
phone zh-hans|我的手机是⟨13812345678⟩，谢谢
phone zh-hans|电话：⟨１３８１２３４５６７８⟩
phone bn|আমার ফোন ⟨০১৭১২-৩৪৫৬৭৮⟩
phone th|โทร ⟨๐๘๑-๒๓๔-๕๖๗๘⟩ นะคะ
phone fr|Le ⟨06 12 34 56 78⟩, le soir
phone fr|Appelle-moi au ⟨07.12.34.56.78⟩ ce soir
address en|We meet at ⟨-1.28333, 36.81667⟩ on Friday
phone fr|⟨01 23 45 67 89⟩ / ⟨06 12 34 56 78⟩
phone es|mi móvil es ⟨612 345 678⟩
phone pt-br|⟨(11) 91234-5678⟩
phone ja|⟨090-1234-5678⟩に電話して
phone ko|⟨010-1234-5678⟩로 전화
phone ru|мой номер ⟨8 (912) 345-67-89⟩
phone tr|Telefonum ⟨0532 123 45 67⟩
phone |Écris-moi : \u202a⟨+966 50 123 4567⟩\u202c
email en|Mail ⟨ana.b@example.org⟩ or (⟨maria@exämple.de⟩).
email en|⟨ana (at) example (dot) org⟩, ⟨ana at example dot org⟩, ⟨ana at gmail.com⟩
email hi|लिखें ⟨अ@उदाहरण.भारत⟩
email zh-hans|请写信到⟨li.na@example.cn⟩谢谢，或⟨ｌｉｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ⟩
email es|⟨maria arroba correo punto com⟩
link en|See ⟨https://example.org/a?b=c⟩, ⟨www.example.net⟩. ⟨t.me/ana_x⟩ and ⟨example.co.ke⟩!
link zh-hans|链接⟨https://t.me/abc⟩我在这里
handle en|I am ⟨@maria_l⟩, ⟨/u/throwaway_12⟩, Instagram: ⟨maria.lopez92⟩, on snap: ⟨ana_99⟩
handle en|my insta name is ⟨lunaflor⟩. On Snapchat I am ⟨lunaflor⟩.
handle es|en Instagram soy ⟨mariaflores⟩. mi usuario de telegram es ⟨flor_12⟩.
handle fr|sur Insta je suis ⟨fleurdelune⟩, mon compte Twitter est ⟨@fleur⟩
handle ar|حسابي على انستا ⟨sara_99⟩ وعلى سناب أنا ⟨saraali⟩.
handle hi|इंस्टा पर मैं ⟨sunita_rani⟩ हूँ
handle zh-hans|我的微信号是⟨lina_2020⟩，微博：⟨@小李⟩
number en|My passport number is ⟨X1234567⟩, SSN ⟨123-45-6789⟩, ⟨2345 6789 0123⟩
number es|mi DNI es ⟨12345678Z⟩, ⟨X1234567L⟩, CURP ⟨GOMA900101MDFRRN09⟩
number zh-hans|身份证号：⟨11010519491231002X⟩
number fr|IBAN ⟨FR14 2004 1010 0505 0001 3M02 606⟩, ⟨2 55 08 14 168 025 38⟩
number ar|رقم الهوية هو ⟨١٠٢٣٤٥٦٧٨٩⟩
number pt|⟨529.982.247-25⟩
number hi|आधार नंबर ⟨२३४५ ६७८९ ०१२३⟩ और ⟨ABCPE1234F⟩
address en|At ⟨12 Baker Street, London NW1 6XE⟩. Or ⟨350 Fifth Ave, Apt 4B, New York, NY 10118⟩
address es|en ⟨calle Mayor 5, 2º B⟩, y en la ⟨Avenida de la Constitución 12⟩. ⟨Calle 45 # 12-30⟩
address fr|au ⟨15 rue de la Paix⟩, puis ⟨3 bis boulevard Voltaire⟩
address ar|أسكن في ⟨شارع النيل ١٢⟩، القاهرة
address ar|⟨حي السلام، شارع الجمهورية، عمارة ٥، شقة ٣⟩
address hi|⟨मकान नंबर 12, गली 4⟩ में रहती हूँ
address zh-hans|我住在⟨北京市朝阳区建国路88号3单元402室⟩
address de|Ich wohne ⟨Hauptstraße 12, 10115 Berlin⟩.
address ru|живу на ⟨ул. Ленина, д. 5, кв. 12⟩
address id|⟨Jalan Merdeka No. 12 RT 02/RW 05⟩
address sw|⟨Mtaa wa Uhuru namba 12, S.L.P. 1234⟩
address pt|⟨Rua das Flores, 123, apto 12⟩
address it|⟨Via Roma 12, interno 3⟩
address ja|⟨東京都千代田区千代田1-1⟩
address ko|⟨서울시 종로구 세종대로 110⟩
address th|⟨บ้านเลขที่ 12/3 หมู่ 4⟩
address he|⟨רחוב הרצל 12⟩
address fa|⟨خیابان آزادی، کوچه گل، پلاک ۱۲⟩
address bn|⟨বাড়ি নং ১২, রোড ৪⟩
name en|My name is ⟨Maria Lopez⟩ and I live here. my name is ⟨ana⟩. MY NAME IS ⟨ANA⟩ AND I
name en|His name is ⟨John de la Cruz⟩, her name was ⟨Ruth⟩.
name es|Me llamo ⟨María José García⟩ y vivo. su nombre es ⟨Pedro⟩. me llamo ⟨ana⟩ y tengo
name fr|Je m’appelle ⟨Awa Diop⟩, il s'appelle ⟨Jean-Pierre⟩.
name ar|اسمي ⟨مريم⟩ وأعيش في القاهرة
name ar|أنا اسمي ⟨سارة أحمد محمود⟩ من حلب. اسمها ⟨ليلى⟩.
name hi|मेरा नाम ⟨सुनीता देवी⟩ है और मैं
name zh-hans|我叫⟨李娜⟩，今年30岁。她叫⟨王小红⟩。我的名字是⟨欧阳娜娜⟩。他叫⟨阿里·汗⟩
name de|Ich heiße ⟨Anna Schmidt⟩ und wohne
name pt|Meu nome é ⟨Joana da Silva⟩ e tenho
name ru|Меня зовут ⟨Анна Иванова⟩, мне
name tr|Benim adım ⟨Ayşe Yılmaz⟩.
name id|Nama saya ⟨Siti Aminah⟩ dan
name sw|Jina langu ni ⟨Asha Juma⟩ na
name ja|私の名前は⟨山田花子⟩です。⟨田中⟩と申します
name ko|제 이름은 ⟨김영희⟩입니다. 저는 ⟨박민수⟩라고 합니다
name th|ฉันชื่อ⟨มาลี⟩ค่ะ
name bn|আমার নাম ⟨রহিমা বেগম⟩। আমি
name ta|என் பெயர் ⟨மீனா⟩.
name fa|اسم من ⟨مریم⟩ است
name ur|میرا نام ⟨عائشہ خان⟩ ہے
name he|שמי ⟨רחל כהן⟩.
""".strip().splitlines()

LEFT_ALONE = """
en|From 2014-2019, 2019/2020 and 2019 2020 2021, on 12.05.2024 at 10:30-11:45, 9.30-17.00.
en|58 million, 16 000 000 000, 1,234,567 and 12.345.678; $1200000 and 450000 people, 3.1415926
en|On 20240513, or 2024-05-13 10:30, 99.99% and 1200-1500 women, 100-1000 people.
en|ISBN 978-3-16-148410-0, 192.168.1.101, 10 20 30 40, 100000000 users, 1234567 views
en|I was at home. The dot com bubble. Look at youtube.com and facebook.com. Enough.No more.
en|Instagram: please delete it. On Instagram I am afraid to post. Dear Facebook: do better.
en|I got my ID in 2019 and paid 16000 for the passport. ID cards cost 30000 dollars.
en|I walked 3 blocks down the road. 12 people in the street. 100 different ways, 5 long years.
en|my name is not important. My name is on every list. They call me names. I am called a liar.
es|En la calle vi a 3 mujeres. Eso se llama violencia. Cobran 250 000 000 pesos.
fr|2 places de parking, 3 rues plus loin. Mon nom est partout.
ar|مشيت في الشارع ثلاث ساعات. في شارع كان فيه 3 نساء. اسمي مكتوب على كل جدار. سنة ٢٠١٩
hi|मेरा नाम हर जगह है। १६ ००० ००० रुपये और २०१४-२०१९
zh-hans|我叫他别走。我叫了警察。坐10路车，地铁3号线，2024年5月13日，16000000人。
de|Am Anfang 12 Leute, im Frühling 2020.
ru|С 2014-2019 года, 16 000 000 человек.
""".strip().splitlines()


def marked(text, language):
    return [(text[mark.start : mark.end], mark.kind) for mark in find(text, language)]


@pytest.mark.parametrize("line", FOUND)
def test_plain_cases_are_found_in_many_scripts(line):
    about, _, told = line.partition("|")
    kind, _, language = about.partition(" ")
    expected = [piece.partition("⟩")[0] for piece in told.split("⟨")[1:]]
    text = told.replace("⟨", "").replace("⟩", "")
    assert marked(text, language) == [(piece, kind) for piece in expected]


@pytest.mark.parametrize("line", LEFT_ALONE)
def test_years_prices_counts_and_ordinary_words_are_left_alone(line):
    language, _, text = line.partition("|")
    assert marked(text, language) == []


def test_of_all_the_letters_of_the_demo_only_these_are_marked():
    found = []
    for path in sorted(LETTERS.glob("*.toml")):
        for letter in tomllib.loads(path.read_text())["letter"]:
            for field in ("title", "words", "signature"):
                pieces = marked(letter.get(field, ""), letter["language"])
                found += [(letter["key"], kind, piece) for piece, kind in pieces]
    assert found == [
        ("ar-14", "phone", "555-0187"),
        ("en-23", "phone", "555-0142"),
        ("en-27", "address", "14 Marlow Terrace"),
        ("en-30", "link", "https://in-due-course.example/sign"),
        ("en-34", "link", "https://growfastlikes.example/love"),
        ("es-16", "name", "Gonzalo Ibarra Montalvo"),
        ("es-18", "address", "Calle de los Sauces 27, 2.º B"),
        ("es-21", "email", "maestra.insiste@correo.example"),
        ("fr-10", "address", "9, rue des Flamboyants"),
        ("pt-03", "name", "Revolução"),  # the cat’s
        ("pt-05", "address", "Rua das Acácias, 58"),
        ("zh-hans-06", "phone", "555-0142"),
    ]


def test_a_phone_is_read_in_the_manner_of_the_letters_countries():
    assert marked("Ring til 22 12 34 56 nå, 22123456", "nb") == [
        ("22 12 34 56", "phone"),
        ("22123456", "phone"),
    ]
    assert marked("case 22123456", "en") == []


@pytest.mark.parametrize(
    ("language", "first"),
    [("pt-br", "BR"), ("zh-hans", "CN"), ("en-NG", "NG"), ("nb", "NO"), ("vi", "VN")],
)
def test_every_language_has_its_countries(language, first):
    assert regions(language)[0] == first


def test_a_language_nobody_knows_has_the_largest_countries():
    assert "IN" in regions("xx") and "CN" in regions("")


@given(
    st.one_of(
        st.text(max_size=300),
        st.text("0123456789+-(). @/:٠١٢路号街我叫我叫王aZ#_\n,اसé'", max_size=300),
        st.lists(
            st.sampled_from([*"@ .,(1", *(line.partition("|")[2] for line in FOUND)]), max_size=8
        ).map("".join),
    ),
    st.sampled_from(["", "en", "ar", "hi", "zh-hans", "xx-yy", "---", "🙂"]),
)
@example("\ud800@\udfff.com +\ud8001234567", "en")
@example("İ my name is İİ", "tr")
def test_whatever_is_written_marks_are_in_order_and_inside(text, language):
    marks = find(text, language)
    ends = [0, *(mark.end for mark in marks)]
    assert all(end <= mark.start < mark.end for end, mark in zip(ends, marks, strict=False))
    assert ends[-1] <= len(text)
    assert all(mark.kind in IdentifyingKind for mark in marks)


HEAVY = [*'"(1@ aA\n我', "1 ", "1-", "1.", "a@", "a.", "( 1", "+1 ", "dni 1", "my name is ", "Aa "]
HEAVY += [
    "12 Aa ",
    "Calle de ",
    "شارع ا ",
    "我叫王",
    "insta a_b ",
    "DE12 ",
    "0612345678 ",
    "a at b ",
]
HEAVY += ["20240101 ", "मेरा नाम क ", "北区1-", "가 1", "x.com/", "4444 ", "12,", "خیابان ا "]


def seconds(text, language="en"):
    start = time.process_time()
    find(text, language)
    return time.process_time() - start


@pytest.mark.parametrize("piece", HEAVY)
def test_no_letter_of_full_length_takes_long(piece):
    assert seconds((piece * 20_000)[:20_000]) < 0.8  # a quarter of it on an idle machine


def test_a_real_letter_of_full_length_takes_a_fraction_of_a_second():
    words = [
        letter["words"] for letter in tomllib.loads((LETTERS / "en.toml").read_text())["letter"]
    ]
    text = "\n\n".join(words * 3)[:20_000]
    seconds(text)
    assert min(seconds(text) for _ in range(3)) < 0.3


def test_a_letter_twice_as_long_takes_about_twice_the_time():
    mix = random.Random(5)
    text = "".join(mix.choice(HEAVY) for _ in range(20_000))[:20_000]
    short, long = (min(seconds(text[:length]) for _ in range(3)) for length in (5_000, 20_000))
    assert long < 4 * short * 2.5


def test_kinds_have_words_for_people():
    with translation.override("en"):
        assert str(IdentifyingKind.PHONE.label) == "a phone number"
        assert all(str(kind.label).startswith(("a ", "an ")) for kind in IdentifyingKind)
