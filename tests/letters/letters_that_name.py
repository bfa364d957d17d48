"""Letters as people write them, in the portal's languages. What names somebody who is neither
their writer nor their addressee stands in [[ ]]. All invented, and so is everyone in them.
"""

import re

_MARK = re.compile(r"\[\[(.+?)\]\]")
# Lines are wrapped here and not in letters.
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)")
_HAN = re.compile("[\u3400-\u9fff]")


def parted(marked):
    """(the text, [(start, end)] of the names in it)"""
    marked = _WRAPPED.sub("" if _HAN.search(marked) else " ", marked)
    text, spans, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text += match[1]
        at = match.end()
    return text + marked[at:], spans


# (language, marked text)
LETTERS = [
    (
        "en",
        """Dear you,

I worked four years at the reception of a dental practice in Bristol. Every Friday Dr
[[Pritchard]] stayed late, and every Friday my colleague [[Shanice]] found a reason to
stay late too, so that I was never alone with him. I didn't understand it then. When I
left, [[Shanice]] told me what he had done to her and to a student nurse called [[Imogen
Farrow]]. We went to the police in March. The officer, [[Liam O'Hara]], wrote down
everything and looked at us, not at the screen. On Facebook people said that we wanted
money. I don't want money. I want somebody in Parliament to read this before Christmas.
My neighbour made me tea. That is how I got through Easter Monday.""",
    ),
    (
        "en",
        """To the Minister of Digital Affairs,

I am a teacher in Nairobi and I love the Internet. My pupils talk with a class in Ohio,
and they know more about the Arctic than I did at thirty. In June somebody put my face
on another woman's body. The pictures went to the whole Form Three group on WhatsApp and
then to Telegram. I know who made them. [[Kevin Mutua]] sat in the second row, and his
father, Mr [[Mutua]], sits on our school board. When I asked for help, the principal,
Mrs [[Achieng Otieno]], said that boys will be boys. I love my work. I do not love that
your Data Protection Act has no telephone number. Please read what the Human Rights
Commission wrote in Mombasa last year, and answer us.""",
    ),
    (
        "en",
        """I never told anyone but my sister [[Ruth]]. My stepfather was a deacon. Everybody called
him Uncle [[Walt]], and he ran the summer camp by the lake. It was [[Walter Briggs]] who
taught me to swim, and I can't swim any more. He died in 2019 and the whole town came.
Pastor [[Jim]] said he had a heart of gold. I stood by the door in my good coat and
counted the flowers. If you grew up in a place like that, Love, you will know why I
write on paper. God knows I tried the other ways. My therapist says I should name him,
so I have. You may cut it out again if the law says so. I only wanted to see it written
once in blue ink.""",
    ),
    (
        "es",
        """Querida amiga:

Te escribo desde Rosario, con el ventilador roto. Durante seis años viví con [[Julián
Ferreyra]], que enseñaba música en la escuela de mi hija [[Abril]]. Él subía mis fotos a
un grupo de Telegram y después me preguntaba por qué lloraba. La señora [[Mirta]], de la
panadería, fue la primera que me creyó. Mi hermano [[Damián]] me prestó su pieza. El
abogado se llama [[Horacio Bustos]] y no me cobró nada. En la comisaría me hicieron
esperar hasta el Domingo de Pascua. No te digo esto para que tengas pena, sino para que
sepas que hay una puerta y detrás de la puerta hay mate. En Argentina decimos que la
vergüenza tiene que cambiar de lado.""",
    ),
    (
        "es",
        """Señores de Instagram:

Tengo una tienda de flores y ustedes me llenan la caja los días de la Madre. Eso lo amo.
No amo que mi ex, [[Óscar Villaseñor]], abra una cuenta nueva cada vez que le cierran la
vieja. Ya van diecisiete. En todas usa la foto de mi sobrina [[Ximena]], que tiene once
años. Le escribí al licenciado [[Peralta]], del Ministerio Público de Puebla, y me
contestó que la plataforma está en California. Le escribí a la plataforma y me contestó
una máquina. La maestra [[Lupita]] juntó doscientas firmas en la colonia. Aquí van, con
sus huellas. Por favor, que alguien con nombre y apellido nos conteste antes de Navidad.
Dios los bendiga y la Virgen de Guadalupe también.""",
    ),
    (
        "es",
        """Yo tenía un jefe. Todos le decían don [[Ramiro]] y todos le tenían miedo. Cuando
[[Ramiro]] entraba en la oficina bajábamos la voz, y cuando salía contábamos quién
faltaba. A mi compañera [[Noelia Paz]] la siguió hasta la parada del autobús. A mí me
mandaba mensajes por WhatsApp a las tres de la mañana. Fue [[Noelia]] quien guardó las
capturas en una memoria con forma de pez. La jueza nos escuchó en Valencia un martes de
noviembre. Dijo que era un caso difícil. No lo era. Hoy vendo quesos en el mercado y
nadie me llama después de las ocho. Gracias por leer. Aquí todavía llueve, y el perro
duerme encima de la denuncia.""",
    ),
    (
        "fr",
        """Chère inconnue,

J’ai grandi à Roubaix, au-dessus d’un garage. Mon oncle [[Gérard]] avait les clés de
chez nous. À Noël il apportait des oranges et personne ne fermait les portes. J’en ai
parlé à vingt ans à ma cousine [[Sandrine]], qui a posé sa fourchette et qui a dit : moi
aussi. Le docteur [[Vasseur]] n’a rien voulu écrire. Maître [[Amina Belkacem]], elle, a
tout écrit, deux fois, et elle a mis la date. Facebook m’a proposé l’an dernier
d’ajouter [[Gérard Lemaire]] à mes amis. J’ai ri, puis j’ai rendu mon déjeuner. Je vis à
Bruxelles maintenant, j’ai un balcon et des tomates. Si tu lis ceci un dimanche, sache
que le dimanche passe.""",
    ),
    (
        "fr",
        """Madame la Ministre,

Je suis infirmière à l’hôpital de Dakar et je vous écris pendant ma pause. J’aime mon
métier. J’aime moins le chef de service, le professeur [[Ndiaye]], qui entre dans le
vestiaire sans frapper. Trois élèves sont parties. La dernière, [[Coumba Sarr]], avait
dix-neuf ans et voulait être sage-femme. Elle a écrit à la Direction, au Conseil de
l’Ordre, à l’Inspection du Travail. Monsieur [[Diouf]], de la Direction, lui a répondu
que le professeur sauvait des vies. C’est vrai. Les nôtres aussi sont des vies. Je vous
demande une ligne téléphonique qui ne sonne pas dans le bureau de celui dont on se
plaint. Le Sénégal a de bonnes lois ; elles dorment bien.""",
    ),
    (
        "ar",
        """عزيزتي،

أكتب إليكِ من عمّان، والمطر على الشباك. كان مديري في البنك، الأستاذ [[عصام الخطيب]]،
يقول إنّ المكتب بيتنا الثاني. في بيتنا الثاني كان يغلق الباب. أخبرتُ زميلتي [[رانيا]]
فقالت إنّها تعرف، وإنّ [[هبة]] التي تركت العمل في الشتاء كانت تعرف أيضًا. ذهبنا معًا إلى
المحامية [[نسرين عوّاد]]، وهي امرأة تضحك بصوت عالٍ وتكتب بسرعة. أمّا زوجي السابق
[[وليد]] فقال إنّ السمعة أغلى من الراتب. لم أسأله عن سمعة من. اليوم أعمل في مكتبة
للأطفال، وأقرأ لهم كلّ خميس قصّة فيها باب، وأتركه في القصّة مفتوحًا.""",
    ),
    (
        "ar",
        """إلى السادة في فيسبوك،

أحبّ أنّ صفحتكم جمعتني بأختي في السويد بعد عشر سنين. ولا أحبّ أنّ رجلًا واحدًا يستطيع أن
يفتح مئة حساب. اسمه معروف في حيّنا، [[أبو خالد]] صاحب محلّ الهواتف. يأخذ صور البنات حين
يصلح أجهزتهنّ. ابنة جارتي [[سلمى]] لم تعد تخرج إلى الجامعة. ذهب والدها إلى الشرطة، فقال
له الضابط [[محمود]] إنّ الموضوع حسّاس. نعم، الموضوع حسّاس، وأصابعنا على الأزرار أكثر
حساسية منه. نريد منكم موظّفًا يقرأ العربية ويعرف أنّ السلام عليكم ليست تهديدًا. ونريد
أملًا صغيرًا في يوم الجمعة. شكرًا لكم، وكلّ عام وأنتم بخير.""",
    ),
    (
        "hi",
        """प्रिय बहन,

मैं कानपुर में सिलाई करती हूँ और रात को लिखती हूँ। मेरे जेठ [[दिनेश]] ने मेरी तस्वीरें
अपने दोस्तों को भेजीं। जब मैंने सास से कहा, तो वे पूजा करती रहीं और दीपक की लौ ठीक करती
रहीं। थाने में इंस्पेक्टर [[त्रिपाठी]] ने पूछा कि मैंने क्या पहना था। सिर्फ़ [[शबाना]]
आंटी मेरे साथ बैठीं, चार घंटे, बिना कुछ कहे। मेरी सहेली [[कविता यादव]] ने वकील ढूँढी। अब
मेरे पास अपनी मशीन है और खिड़की के नीचे नीम का पेड़। मुझे आशा है कि यह चिट्ठी तुम तक
पहुँचेगी। फेसबुक पर कुछ मत लिखना, बस धूप में बैठना। सोमवार को बाज़ार है, मैं तुम्हारे
लिए पीला धागा लूँगी।""",
    ),
    (
        "hi",
        """माननीय मंत्री जी,

मैं भोपाल के एक स्कूल में पढ़ाती हूँ। मुझे अपने बच्चे प्यारे हैं और उनका शोर भी। पिछले
साल हमारे गणित के शिक्षक [[अनिल सक्सेना]] ने दसवीं की लड़कियों को रात में संदेश भेजे।
प्रधानाचार्य श्री [[महेश दुबे]] ने कहा कि स्कूल का नाम ख़राब होगा। एक लड़की, [[नेहा]],
ने पढ़ाई छोड़ दी। उसके पिता मज़दूर हैं और उनके पास समय नहीं है। डॉ. [[मेहता]] ने उसकी
मदद की, फ़ीस नहीं ली। मैं चाहती हूँ कि हर ज़िले में एक कमरा हो जहाँ कोई दरवाज़ा खटखटाए
बिना न आए। क़ानून की किताब में सब लिखा है। कृपया उसे ज़ोर से पढ़िए। मेरी आवाज़ अब भी
साफ़ है।""",
    ),
    (
        "zh-hans",
        """亲爱的陌生人：

我在杭州的一家工厂上班，晚上给你写信。去年冬天，车间主任[[赵志刚]]把我的照片发到了群里。大家
都看见了，没有人说话。只有同事[[刘芳]]站起来，把他的手机放进了水桶。后来[[刘芳]]被调到了仓库
，我也辞职了。派出所的[[孙警官]]问我为什么不早点来。我说我在等自己不发抖。我的前男友[[陈浩]]
说这件事让他没有面子。现在我住在海边，早上卖豆浆，周末学游泳。许多人问我恨不恨，我说我忙着呢
。请你照顾好自己，马上就是春天了，关于以后，我们慢慢说。方便的时候，给阳台上的花浇点水。""",
    ),
    (
        "zh-hans",
        """尊敬的部长：

我是一名中学老师，教了十九年语文，我爱我的学生，也爱他们写错的字。今年五月，一个女孩告诉我，
补习班的[[郭老师]]一直给她发消息。她的妈妈[[吴丽华]]去学校，校长[[何建民]]说没有证据。证据就
在孩子的手机里，可是没有人愿意看。邻居[[老张]]劝她们算了。医生[[林婉清]]没有劝，她写了一份三
页的报告。平台说要等三十天。三十天里，那个人又换了四个账号。我希望你们能设一个电话，接电话的
人会说方言，也有耐心。这不是高科技，也不是难题。温柔一点，快一点，就够了。""",
    ),
    (
        "en",
        """Hello stranger, I ran a bakery with my brother-in-law until he started filming the girls
who worked the early shift. [[Tess]] was the first to find the camera. The accountant,
[[Mr Oyelaran]], told us to settle it in the family. My mother agreed with him. I called
a lawyer in Leicester, [[Fiona Macready]], and she drove up the same evening with her
dog. We lost the bakery on a Thursday. [[Tess]] has a stall now at the Saturday market
in Kendal, and her rye bread is better than mine ever was. The British postal service
lost my statement twice, and Judge [[Abara]] read it aloud anyway.""",
    ),
    (
        "es",
        """Hola. Soy enfermera en Cuenca y no duermo desde abril. El doctor [[Saldaña]] me cambiaba
los turnos para quedarse a solas conmigo. Mi tía [[Chela]] decía que exageraba. La única
que me escuchó fue [[Patricia Ochoa]], la delegada sindical, y fuimos juntas al
Ministerio de Salud. Allí nos atendió un tal [[Efraín]], que miraba el celular. Le puse
una denuncia también a Meta, porque el video sigue en Facebook. Mi esposo cocina los
lunes. En Quito hay una casa con patio donde una puede llorar sin permiso, y ahí conocí
a otras. Gracias, Ecuador, por nada todavía.""",
    ),
    (
        "fr",
        """Bonjour, j’ai seize ans et je vis à Namur. Mon prof de sport, monsieur [[Wauters]],
m’écrivait sur Snapchat la nuit. J’ai montré les messages à ma meilleure amie [[Lina]]
et à sa mère. La directrice a dit que la rentrée était mal choisie pour une histoire.
[[Lina]] a crié dans le couloir, devant tout le monde. Maintenant c’est le juge qui lit.
Mon petit frère [[Théo]] croit que je suis malade. En Belgique il y a un numéro gratuit,
je l’ai appelé trois fois avant de parler. À celle qui raccroche : rappelle.
L’inspecteur [[Karim Haddad]] m’a laissé finir mes phrases.""",
    ),
    (
        "ar",
        """أنا من تونس وأعمل في مصنع خياطة. مشرفي [[حاتم]] كان يمرّ بين الآلات ويضع يده حيث لا
يجوز. قالت صديقتي [[ألفة]] إنّ الشكوى تقطع الرزق. اشتكيت. جاء السيد [[منير بن عمار]] من
الإدارة وطلب منّي الصبر. الصبر جميل لكنّه لا يدفع الإيجار. أختي [[سميرة]] كتبت معي
الرسالة، والدكتورة [[ليلى التونسي]] شهدت لي. اليوم أخيط الستائر في بيتي، والشمس تدخل كما
تشاء. أكتب إلى فيسبوك أيضًا كي يحذف الصور قبل رمضان.""",
    ),
    (
        "hi",
        """मैं पटना से लिख रही हूँ। हमारे मोहल्ले के नेता [[बब्बन सिंह]] ने मेरी बहन [[पिंकी]] की
फ़ोटो व्हाट्सऐप पर डाल दी। पिता जी चुप रहे। मेरे मामा [[राजेंद्र]] हमारे साथ थाने गए।
वहाँ सिपाही ने कहा कि लड़कियाँ फ़ोन न रखें। [[सुनीता]] दीदी ने महिला आयोग को चिट्ठी
लिखी। डॉक्टर [[फ़रहत]] ने कहा कि नींद आएगी, धीरे-धीरे। अब हम दोनों छत पर बैठकर गाना गाते
हैं। फेसबुक से मेरी प्रार्थना है कि वह हमारी भाषा पढ़े।""",
    ),
    (
        "zh-hans",
        """你好，我是成都的一名护士。去年夏天，我的房东[[周建华]]在浴室装了摄像头。我报警，来的是一
位年轻的警察，姓什么我忘了。我的表姐[[蒋小梅]]陪我去了三次派出所。[[蒋小梅]]说，别怕，我
们有两个人。平台的客服叫[[阿玲]]，她偷偷告诉我怎样保存证据。后来法官[[唐]]女士判他赔偿。
我用那笔钱买了一辆自行车。现在我每天骑车上班，经过一条很长的江。前男友[[高磊]]发信息说对
不起，我没有回。""",
    ),
]

# None of these names anybody. (language, text)
NAMELESS = [
    (
        "en",
        """Take Back the Tech! On Saturday we marched from the Old Market to City Hall, past the
Central Library and Elm Street, with our banners for International Women's Day. I spoke
English and Swahili. A woman from South Africa sang. WhatsApp, TikTok and Google Maps
were no help, but the Red Cross tent had soup. We stand with survivors in New York,
Mexico City and Cape Town. Black Lives Matter. I Believe You. Happy New Year, and thank
you to the Human Rights Council.""",
    ),
    (
        "es",
        """Somos de Ciudad de México y marchamos el Día de la Mujer hasta el Palacio de Bellas
Artes. Queremos que la Fiscalía General y la Corte Interamericana respondan. Ni Una
Menos nos enseñó a gritar. En Costa Rica y en Buenos Aires pasa igual. Mi madre dice que
en Semana Santa todo se perdona. Yo no perdono a Facebook, ni a Twitter, ni al Banco
Central. Mi jefe me pidió silencio. Gracias a la Cruz Roja.""",
    ),
    (
        "fr",
        """Le Conseil de l’Europe nous a répondu un mardi de Février. La Croix-Rouge et le Planning
familial étaient là, Médecins sans frontières aussi. Nous sommes de Côte d’Ivoire, de
Belgique et des États-Unis. Mon mari dort. Ma voisine chante du Noël au Nouvel An. Que
l’Assemblée nationale nous entende, que le Tribunal judiciaire nous lise, et que Google
Maps oublie notre adresse.""",
    ),
    (
        "ar",
        """كتبتُ إلى السيد الوزير وإلى السيدة المديرة ولم يجب أحد. مديري قال إنّ الوقت غير مناسب،
وزوجي سكت. في الدكتوراه تعلّمتُ الصبر، وفي المطبخ تعلّمتُ العدل. السلام عليكِ يا صديقتي،
والأمل كثير، والنور في آخر الممرّ جميل. يوم الثلاثاء ليلًا كنّا في القاهرة، ثمّ في الأمم
المتّحدة. زميلتي تقول إنّ الحياة كريمة. أختي الكبرى تضحك.""",
    ),
    (
        "hi",
        """मेरे पति ने कुछ नहीं कहा। मेरी माँ ने चाय बनाई। डॉक्टर ने रिपोर्ट लिखी और वकील साहब ने
उसे पढ़ा। मंत्री जी, आशा की एक किरण काफ़ी है। मैं खुलकर जी रही हूँ। रोशनी आती है, ज्योति
जलती है, दिल्ली और मुंबई में बारिश होती है। पिता जी रोज़ अख़बार पढ़ते हैं। मेरे भाई बहुत
दूर रहते हैं। संयुक्त राष्ट्र को हमारी बात सुननी चाहिए।""",
    ),
    (
        "zh-hans",
        """老师说过，王国里没有公主。我的丈夫在家，我的同事都知道，我的老板很高兴。周围的人和平时一样，
马上要过年了。谢谢许多朋友，谢谢方法总比困难多。先生您好，女士您好。江南的夏天很长，黄河的水
很黄。任何时候都可以打电话，关于程序，我们明白。我妈妈和爸爸在广州，他们何时回来，我不知道。
联合国和微信都收到了信。""",
    ),
]
