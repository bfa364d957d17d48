"""The words with which people say what somebody is called, in many languages."""


def _listed(words):
    return [word.strip() for word in words.split("|")]


# Before the name, in scripts with capitals.
WITH_CAPITALS = _listed("""
my name is|my name's|my full name is|my real name is|my first name is|my last name is|my surname is
|his name is|her name is|their name is|his name's|her name's|his name was|her name was
|whose name is|my daughter's name is|my son's name is|my sister's name is|my husband's name is
|my ex's name is|name:|full name:|the name is|me llamo|mi nombre es|mi nombre completo es
|su nombre es|mi apellido es|nombre:|nombre completo:|je m'appelle|mon nom est|mon prénom est
|mon nom complet est|il s'appelle|elle s'appelle|son nom est|son prénom est|nom:|prénom:|prénom :
|ich heiße|ich heisse|mein name ist|er heißt|sie heißt|er heisst|sie heisst|sein name ist
|ihr name ist|meu nome é|chamo-me|o meu nome é|o nome dele é|o nome dela é|nome:|mi chiamo
|il mio nome è|il suo nome è|ik heet|mijn naam is|hij heet|zij heet|ze heet|zijn naam is
|haar naam is|jag heter|mitt namn är|han heter|hon heter|jeg heter|jeg hedder|mitt navn er
|mit navn er|hun heter|minun nimeni on|nimeni on|olen nimeltäni|mam na imię|nazywam się
|mam na nazwisko|ona nazywa się|on nazywa się|ma na imię|jmenuji se|volám sa|a nevem az|a nevem
|mă numesc|numele meu este|mă cheamă|îl cheamă|o cheamă|zovem se|moje ime je|më quajnë
|emri im është|ime mi je|benim adım|adım|benim ismim|ismim|onun adı|mənim adım|nama saya|nama aku
|namaku|nama lengkap saya|nama dia|nama lengkap:|nama:|jina langu ni|naitwa|jina lake ni|anaitwa
|ninaitwa|majina yangu ni|ang pangalan ko ay|ako po si|pangalan ko ay|ang pangalan niya ay
|tên tôi là|tôi tên là|tôi tên|tên em là|em tên là|mình tên là|anh ấy tên là|cô ấy tên là
|magacaygu waa|maqaalkaygu|sunana|sunansa|sunanta|orukọ mi ni|aha m bụ|igama lami ngu
|igama lami ngingu|igama lam ngu|nitwa|ani maqaan koo|non mwen se|mwen rele|nire izena|em dic
|el meu nom és|es diu|chamome|saya bernama|меня зовут|моё имя|мое имя|моя фамилия|его зовут
|её зовут|ее зовут|зовут меня|его имя|её имя|имя:|фио:|мене звати|мене звуть|моє ім'я|його звати
|її звати|казвам се|името ми е|зовем се|моје име је|се викам|мяне завуць|менің атым|менин атым
|миний нэр|номи ман|менің есімім|με λένε|ονομάζομαι|το όνομά μου είναι|τον λένε|τη λένε|την λένε
|λέγομαι|իմ անունն է|իմ անունը|me chamo
""")

# Before the name only if it has a capital: things and insults are called something too.
WITH_A_CAPITAL_ONLY = _listed("""
i am called|i'm called|they call me|everyone calls me|friends call me|me llaman|se llama|se llamaba
|on m'appelle|s'appelait|qui s'appelle|man nennt mich|chama-se|ele se chama|ela se chama|si chiama
|si chiamava|zove se|adı|namanya|ako si|bernama|jmenuje se|казва се|зове се|call me|me dicen
|you can call me|conocida como|known as
""")

# Before the name, in scripts without capitals that put spaces between words.
WITHOUT_CAPITALS = _listed("""
اسمي|أنا اسمي|إسمي|انا اسمي|اسمى|وأنا اسمي|اسمي هو|اسمي الكامل|اسمي الحقيقي|يسمونني|ينادونني|يدعونني
|اسمه|اسمها|اسمه هو|اسمها هو|اسم ابنتي|اسم ابني|اسم زوجي|اسم أختي|أدعى|ادعى|يدعى|تدعى|الاسم:|الاسم :
|اسم من|نام من|اسمم|اسم او|نامش|اسمش|نام او|میرا نام|میرا پورا نام|اس کا نام|ان کا نام|زما نوم
|نوم مې
|ناوم|ناوی من|מיני שמי|שמי|קוראים לי|השם שלי הוא|השם שלי|קוראים לו|קוראים לה|שמו|שמה
|मेरा नाम|मेरा पूरा नाम|उसका नाम|उनका नाम|मेरी बेटी का नाम|मेरे पति का नाम|माझे नाव|माझं नाव
|त्याचे नाव
|तिचे नाव|मेरो नाम|उसको नाम|नाम:|आमार नाम|আমার নাম|তার নাম|তাঁর নাম|ওর নাম|মোৰ নাম|என் பெயர்
|எனது பெயர்|அவன் பெயர்|அவள் பெயர்|அவர் பெயர்|నా పేరు|అతని పేరు|ఆమె పేరు|ನನ್ನ ಹೆಸರು|ಅವನ ಹೆಸರು
|ಅವಳ ಹೆಸರು
|എന്റെ പേര്|എൻ്റെ പേര്|അവന്റെ പേര്|അവളുടെ പേര്|મારું નામ|તેનું નામ|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|ਉਸਦਾ ਨਾਮ
|ମୋ ନାମ|මගේ නම
|ስሜ|ስሙ|ስሟ|ስሜ ነው|ስመይ|ჩემი სახელია|მე მქვია|მას ჰქვია|የኔ ስም
|제 이름은|내 이름은|나의 이름은|저의 이름은|그의 이름은|그녀의 이름은|그 사람 이름은|이름:|이름은
""")

# Before the name, in scripts without spaces.
CHINESE = _listed("""
我的名字叫|我的名字是|我名叫|我叫做|我叫|我的真名叫|我的真名是|我姓名|她叫|他叫|她的名字叫
|他的名字叫|她的名字是|他的名字是
|名字叫|女儿叫|儿子叫|丈夫叫|老公叫|前夫叫|我本名|姓名：|姓名:|我姓
""")
JAPANESE = _listed("""
私の名前は|わたしの名前は|僕の名前は|俺の名前は|本名は|彼の名前は|彼女の名前は|娘の名前は
|息子の名前は|夫の名前は|氏名：|氏名:
""")
SOUTH_EAST = _listed("""
ฉันชื่อ|ดิฉันชื่อ|ผมชื่อ|หนูชื่อ|เราชื่อ|ชื่อของฉันคือ|เขาชื่อ|เธอชื่อ|ชื่อจริงว่า|ຂ້ອຍຊື່
|ຊື່ຂອງຂ້ອຍແມ່ນ|ខ្ញុំឈ្មោះ|ឈ្មោះខ្ញុំគឺ
|ကျွန်မနာမည်|ကျွန်တော့်နာမည်|ကျွန်မရဲ့နာမည်က
""")

# The same phrase with other words after it says something else.
NOT_NAMES = frozenset(
    """
a an the not no on in at by and or but also your my his her their our this that these those it is
are
was were be known called used being public everywhere nowhere all written attached linked mine
secret
safe dirt mud so very just only now still gone never nobody everyone what who how why there here
back out
un una el la los las lo mi tu su en no ni y o pero que de del con por para esto eso así todo todos
nada
nadie la atención le les des du une ce ça mon ma son sa ton dans sur pas ne que qui comme et ou
mais rien
partout nulle überall dappertutto ovunque everywhere везде personne plus um uma o os as não no na
em que se e mas meu minha tudo nada der die das ein eine
nicht nur
auch und mein meine wie was jetzt het een niet en maar di e che non una il lo gli è
не и в на это что как но мой моя никто все bir bu ve değil yok ne var bukan tidak di yang dan saya
itu
ni na si hii hilo yangu lake kwa ya wa katika not’s everywhere’s le parce amour libertad esperanza
ja on ei med og ikke inte och
""".split()
)
UNCASED_NOT_NAMES = frozenset(
    """
في من على عن إلى الى و لا ليس هو هي أنا انا هنا هناك كل كان كانت لم لن ما هذا هذه ذلك بين مع على
عندما
لأن لكن لكنه ولا وأنا عمري أعيش أعمل اعيش اعمل أسكن اسكن أكتب اكتب أريد اريد عندي قد سوف حتى ثم
الحقيقي الكامل
مكتوب مكتوبة موجود معروف منشور سر مستعار فقط أيضا أيضاً وحده بعد قبل مثل كما لي له لها
را و در از با به است نیست هم این آن که می هست
है हैं था थी और मैं नहीं न में पर से को का की के हर सब तो भी मत क्या यह वो वह कहीं मुझे तुम्हें उसे
दो एक बार पता जानते मालूम लेकर लिखा लिया आया छापा
ہے ہیں اور میں نہیں تھا تھی کا کی کے ہر سب آہے है. आहे आणि नाही हो छ
এবং না নেই হয় ছিল আমি ও দিয়ে নিয়ে கூட இல்லை நான் மற்றும் என்று లేదు మరియు నేను ಮತ್ತು ನಾನು
לא על של את אני גם הוא היא כל ነው እና
""".split()
)
SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董潘袁蔡"
    "蒋蔣余于於杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻雷"
    "龙龍史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯"
    "岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管"
    "柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費"
    "卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑"
    "迟遲邝鄺小阿"
)
