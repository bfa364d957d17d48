"""What stands around people's names in languages with capitals; all in lower case."""

from typing import NamedTuple


class Words(NamedTuple):
    """titles, relations: the next capital is a name. naming: so it is after these. between:
    may stand between a relation and the name. own: possessives. openers: capital only because
    they begin a sentence, or no names anyway. acts: what people do, after a name. whom: to whom.
    """

    titles: frozenset[str]
    relations: frozenset[str]
    naming: frozenset[str]
    between: frozenset[str]
    own: frozenset[str]
    openers: frozenset[str]
    acts: frozenset[str]
    whom: frozenset[str]


def words(**lists):
    return Words(**{name: frozenset(lists.get(name, "").split()) for name in Words._fields})


AND = frozenset("and y e et und ve dan na и i &".split())
OF = frozenset("of from at in de du des della del di da do en von из wa ya".split())
# Ask for Denise, pregunta por Marta
ASK = frozenset(
    "ask asked asks look looking speak talk talked spoke pregunta pregunten pregunté".split()
)
FOR = frozenset("for to por a".split())
LINKS = frozenset(
    "de del la las los da do dos das di du van von der den bin bint binti ibn al el ben le"
    " y".split()
)
IS = frozenset(
    "is was 's it's are es era fue est était c'était c'est é foi è ist war fu ni alikuwa adalah"
    " это был была".split()
)
HAS = frozenset("has had tiene tenía dice decía a avait disait tem tinha dizia ha aveva".split())
WHO = frozenset("who that whom quien que qui quem che der die das yang ambaye который".split())
# After the name: Mehmet Bey, Ayşe Hanım, Rahul ji.
TITLES_AFTER = frozenset("bey hanım hoca abi abla amca teyze ji sahib saheb san".split())

# What is no person, though its words might be.
INSTITUTIONS = frozenset(
    """
    red cross|red crescent|lives matter|cruz roja|media luna roja|nouvel an|croix rouge
    |croissant rouge|cruz vermelha|una menos|me too|bellas artes|old market
    """.replace("\n    ", "").split("|")
)
# Names of what is no person, in any language.
NOT_PEOPLE = frozenset(
    """
    facebook instagram whatsapp telegram tiktok twitter youtube google meta snapchat signal
    microsoft
    apple amazon discord reddit linkedin messenger zoom tinder uber netflix gmail iphone android
    wikipedia bluesky mastodon onlyfans pinterest wechat weibo viber line skype tumblr twitch bumble
    badoo airbnb paypal spotify chatgpt openai grab shopee olx orkut vk yandex maps photos chrome
    god dios dieu allah jesus christ cristo deus gott dio tuhan mungu tanrı бог christmas ramadan
    eid
    diwali easter navidad pascua noël natal internet web wifi sim sms dna hiv aids ngo usb pdf
    europe africa asia europa áfrica afrique asie américa amérique america latina latin
    ok okay mr mrs tv pc ai
    ministry minister ministers ministries president government parliament police commission
    committee council court university school college hospital institute agency authority office
    department bureau union nations rights association federation foundation church mosque temple
    bank company platform platforms street road avenue square park bridge river lake mountain
    station airport hotel centre center market city town village county province state states
    republic kingdom north south east west northern southern eastern western central day week
    month year women woman girls people team support help centre law act bill article convention
    human data protection security unit service services media press radio news times post
    digital affairs palace museum palacio
    museo bellas artes virgen inspection travail conseil ordre direction musée
    clinic rise terrace hill gardens tower library theatre cinema club society
    national international general public cyber crime project tech take back
    ministerio ministra ministro ministros presidente presidenta gobierno parlamento policía
    comisaría comisión comité consejo corte tribunal universidad escuela colegio instituto hospital
    agencia autoridad oficina unión naciones unidas derechos asociación federación fundación iglesia
    banco plataforma calle avenida plaza puente río estación aeropuerto centro mercado ciudad pueblo
    provincia estado estados república norte sur este oeste unidad servicio nacional fiscalía
    congreso senado alcaldía municipalidad secretaría defensoría barrio colonia san santa santo
    ministère ministre président présidente gouvernement parlement commissariat commission cour
    tribunal université école collège lycée hôpital institut agence autorité bureau union droits
    association fédération fondation église banque plateforme rue boulevard place pont gare
    aéroport marché ville province état états république nord sud est ouest assemblée sénat mairie
    préfecture préfet député députée maire saint sainte directeur directrice
    ministério governo polícia comissão câmara senado universidade escola prefeitura delegacia rua
    são estados unidos brasil praça igreja
    kementerian menteri presiden polisi jalan universitas kantor pemerintah kota
    wizara waziri rais serikali polisi bunge chuo shule kituo
    bakanlığı bakan belediye başkanı üniversitesi polis sokak caddesi mahallesi cumhurbaşkanı
    министерство министр президент полиция суд университет школа улица
    """.split()
)
# They write each noun with a capital.
CAPITAL_NOUNS = frozenset(["de", "lb"])
