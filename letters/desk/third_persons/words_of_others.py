"""The words around people's names in further languages that have capitals."""

from letters.desk.third_persons.capital_words import words

OF = {
    "pt": words(
        titles="""
        senhor senhora sr sra srta dona dom seu dr dra doutor doutora professor professora prof
        padre pastor juiz juíza delegado delegada sargento capitão coronel tenente tio tia vó vô
        """,
        relations="""
        ex ex-marido marido esposo esposa mulher namorado namorada companheiro companheira noivo pai
        mãe irmão irmã filho filha filhos filhas tio tia primo prima sobrinho sobrinha avô avó
        padrasto madrasta sogro sogra cunhado cunhada chefe patrão patroa colega colegas professor
        professora treinador médico psicólogo advogado advogada vizinho vizinha amigo amiga amigos
        estuprador agressor cara homem rapaz moça pastor padre policial delegado aluno cliente
        diretor diretora
        """,
        naming="chamado chamada por com foi querida querido conheci quando porque que",
        between="atual antigo antiga velho mais chamado chamada",
        own="meu minha meus minhas seu sua nosso nossa o a os as um uma",
        openers="""
        eu você vocês ele ela nós eles elas meu minha meus minhas seu sua nosso nossa o a os as um
        uma este esta esse essa isso isto e ou mas nem que quem quando onde como porque por para com
        sem sobre entre desde até de do da em no na se não nunca nada ninguém tudo todos todas
        alguém algo cada outro outra muitos muitas mais menos muito já hoje ontem amanhã agora
        depois antes então também só ainda sempre aqui lá assim embora enquanto obrigada obrigado
        olá oi querida querido prezado prezada senhores é era foi são sou está tenho quero mulheres
        """,
        acts="disse bateu estuprou ameaçou seguiu publicou mandou enviou postou mora trabalha sabe",
        whom="me nos",
    ),
    "de": words(
        titles="""
        herr herrn frau dr prof doktor professor professorin pfarrer pastor richter richterin
        kommissar onkel tante oma opa
        """,
        relations="""
        ex ex-mann exmann ex-freund exfreund mann ehemann freund freundin partner lebensgefährte
        verlobter vater mutter bruder schwester sohn tochter kinder onkel tante cousin cousine neffe
        nichte stiefvater schwiegervater schwager chef chefin vorgesetzter kollege kollegen kollegin
        lehrer lehrerin trainer arzt anwalt nachbar nachbarn nachbarin vermieter mitbewohner
        mitschüler
        """,
        naming="namens genannt",
        between="namens",
        own="mein meine meinen meinem meiner sein seine ihr ihre unser unsere der die den dem",
        whom="",
    ),
    "it": words(
        titles="""
        signor signora signorina sig sigra dott dottor dottore dottoressa prof professor professore
        professoressa avv avvocato ing ingegner don suor padre giudice maresciallo commissario zio
        zia nonno nonna
        """,
        relations="""
        ex ex-marito marito moglie fidanzato fidanzata compagno compagna ragazzo padre madre
        fratello
        sorella figlio figlia figli zio zia cugino cugina nipote nonno nonna patrigno suocero
        suocera cognato cognata capo collega colleghi professore professoressa maestro maestra
        allenatore medico avvocato vicino vicina amico amica amici stupratore aggressore tipo uomo
        prete
        """,
        naming="chiamato chiamata da con cara caro ciao quando perché che",
        between="mio mia attuale vecchio di nome chiamato",
        own="mio mia miei mie suo sua nostro nostra il lo la l' i gli le un una",
        openers="""
        io tu lui lei noi voi loro mio mia il lo la l' i gli le un una uno questo questa quello
        quella e o ma né che chi quando dove come perché per con senza su tra fra da di in a non mai
        niente nessuno tutto tutti tutte qualcuno ogni altro altra molti molte più meno molto già
        oggi ieri domani ora dopo prima poi allora anche solo ancora sempre qui così grazie ciao
        cara caro gentile egregio è era sono ho voglio donne
        """,
        acts="disse picchiava minacciava pubblicò vive lavora sa",
        whom="mi m' ci",
    ),
    "id": words(
        titles="""
        pak bapak bu ibu mas mbak kak kakak bang abang om tante dr prof ustaz ustadz kiai haji hajah
        tuan nyonya nona
        """,
        relations="""
        suami istri isteri pacar mantan ayah ibu bapak kakak adik anak paman bibi sepupu bos atasan
        majikan rekan teman guru dosen pelatih dokter tetangga pelaku
        """,
        naming="bernama oleh dengan bertemu",
        between="saya aku kami ku -ku suami pacar istri kerja bernama",
        own="saya aku kami",
        openers="""
        saya aku kami kita dia mereka anda kamu ini itu dan atau tapi tetapi yang tidak bukan jangan
        ada sudah belum akan jika kalau ketika saat karena untuk dengan dari di ke pada setiap semua
        banyak hanya juga hari terima kasih halo kepada yth salam setelah sebelum sejak
        """,
        acts="bilang memukul mengancam berkata menulis mengirim",
    ),
    "sw": words(
        titles="""
        bwana bi bibi mzee mama baba mwalimu daktari dk dkt profesa mchungaji shangazi mjomba
        """,
        relations="""
        mume mke mpenzi mchumba baba mama kaka dada mwana binti mtoto watoto mjomba shangazi binamu
        bosi mwajiri mwenzangu mwalimu kocha daktari jirani rafiki rafikiye mwenye
        """,
        naming="aitwaye anayeitwa na",
        between="wangu yangu langu wetu wake wa zamani aitwaye anayeitwa",
        own="wangu yangu wetu",
        openers="""
        mimi wewe yeye sisi ninyi wao na au lakini kwa ya wa ni si hii hiyo huyu huyo hapa kila wote
        mpenzi ndugu asante habari leo jana kesho kama kwamba nilipo ninaandika
        """,
        acts="alinipiga alisema alinitishia aliniambia alinibaka",
    ),
    "tr": words(
        titles="bay bayan sayın sn doktor dr profesör prof avukat av hâkim komiser amir",
        relations="""
        kocam eşim sevgilim nişanlım babam annem abim ağabeyim kardeşim ablam oğlum kızım amcam
        dayım
        teyzem halam kuzenim patronum müdürüm şefim öğretmenim hocam doktorum komşum arkadaşım
        """,
        naming="adlı isimli",
        between="olan",
        own="benim eski",
        openers="""
        ben sen o biz siz onlar bu şu ve veya ama fakat çünkü için ile gibi kadar değil hiç her bir
        sevgili merhaba bugün dün yarın teşekkürler
        """,
        acts="dedi vurdu",
        whom="beni bana",
    ),
    "ru": words(
        titles="""
        господин госпожа г-н г-жа гн гжа доктор профессор судья следователь капитан майор дядя тётя
        тетя бабушка дедушка отец адвокат
        """,
        relations="""
        муж мужа мужем жена парень бывший отец отчим мать брат брата сестра сын дочь дядя тётя тетя
        начальник начальника начальница коллега учитель учительница тренер врач сосед соседа соседка
        друг подруга насильник свёкор свекровь дети
        """,
        naming="зовут по имени",
        between="мой имени по",
        own="мой моя моего мои его её наш наша",
        openers="""
        я ты он она мы вы они мой моя моё мои это этот эта и а но или что кто когда где как почему
        потому если для с без в на не никто ничего все всё каждый дорогая дорогой здравствуйте
        привет спасибо сегодня вчера завтра уважаемый уважаемая после до
        """,
        acts="сказал сказала бил ударил угрожал написал",
        whom="меня мне",
    ),
}
