"""Names in Chinese, in simplified and traditional characters: a family's name with a title, after
a relation, or with the characters that given names are made of.
"""

import re

_HAN = "\u3400-\u9fff"
# Families' names, the frequent ones; those that are frequent words too are apart.
_PLAIN = (
    "王李张張刘劉陈陳杨楊赵趙吴吳徐孙孫朱胡郭罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭肖萧蕭田董潘袁蔡蒋蔣"
    "余杜叶葉魏苏蘇吕呂丁卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖贾賈韦韋邹鄒熊孟秦邱侯江尹薛闫閻雷龙龍陶贺賀毛郝"
    "顾顧龚龔邵钱錢严嚴莫孔汤湯康施牛樊葛邢齐齊乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹欧歐耿兰蘭焦俞柳甘祝"
)
_WORDS_TOO = "黄黃周马馬何高林曾程任石金夏付方白史万萬武戴向常温溫文安易关關左于於"
_COMMON = "黄黃周马馬何高林曾程石金夏付白史万萬武戴温溫文"
_DOUBLE = "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|司徒|皇甫|尉迟|慕容|令狐"
_ANY = f"(?:{_DOUBLE}|[{_PLAIN}{_WORDS_TOO}])"
_FIRM = f"(?:{_DOUBLE}|[{_PLAIN}])"
# What given names are made of, and few sentences go on with.
_GIVEN = (
    "伟偉刚剛勇毅俊峰强強军軍磊涛濤超杰傑鹏鵬辉輝飞飛斌浩宇轩軒博豪凯凱健波彬鑫昊晨阳陽洋旭鸿鴻建国國华華庆慶"
    "志祥荣榮贵貴福生德义義宏云雲龙龍虎山林森海江河东東春夏秋冬松柏栋棟梁樑泽澤民"
    "芳娜秀英敏静靜丽麗娟艳豔艷红紅霞玲燕梅兰蘭菊莲蓮琴凤鳳洁潔颖穎琳晶莹瑩倩雪婷婉佳慧雯怡欣悦悅萍娇嬌"
    "媛璐瑶瑤薇蕾莉珍珠玉淑惠桂月香翠雅琪思嘉文明平安子小晓曉美爱愛金银銀宝寶良永立新成学學家"
)
# What a sentence goes on with after a name.
_STOP = (
    "的了是在和与與跟同把被让讓叫给給对對向从從到去来來说說讲講问問告打骂罵踢推拿抓摸逼骗騙看见見听聽写寫发發"
    "拍传傳也都又就还還才不没沒有要会會能可想知你我他她它们們这這那哪谁誰什怎吗嗎呢吧啊呀，因所但而或如果当當"
    "後后前里裡上下中以为為每天年月日时時候先老师師医醫教经經主女士生太太总總律一二三四五六七八九十几幾个個些"
    "很最更再已曾经常总總只便却卻之其将將用住做工走跑坐站开開关關哭笑死偷拉扯掐砸威劝勸帮幫陪带帶送摇搖站拒跟随隨欺"
)
_ONE = f"[{_HAN}]"
_OTHER = f"(?:(?![{_STOP}]){_ONE})"
_TITLE = (
    "(?:先生|女士|小姐|太太|夫人|老师|老師|教授|医生|醫生|大夫|护士|護士|经理|經理|主任|律师|律師|法官|警官"
    "|警察|队长|隊長|局长|局長|处长|處長|科长|科長|所长|所長|校长|校長|院长|院長|厂长|廠長|村长|村長|书记|書記"
    "|老板|老闆|师傅|師傅|教练|教練|阿姨|叔叔|伯伯|大爷|大爺|大妈|大媽|大哥|大姐|哥|姐|同学|同學|博士|导师|導師"
    "|主管|组长|組長|班长|班長|总(?![是有会要])|總(?![是有會要])|某某|某)"
)
_RELATION = (
    "(?:前夫|丈夫|老公|先生|前男友|男朋友|男友|前女友|女朋友|女友|前妻|妻子|老婆|未婚夫|未婚妻|对象|對象|爱人"
    "|愛人|爸爸|妈妈|媽媽|父亲|父親|母亲|母親|继父|繼父|继母|繼母|公公|婆婆|岳父|岳母|哥哥|弟弟|姐姐|妹妹|儿子|兒子"
    "|女儿|女兒|孩子|叔叔|伯父|舅舅|姑姑|姨妈|姨媽|表哥|表弟|表姐|表妹|堂哥|堂弟|堂姐|堂妹|姐夫|妹夫|嫂子|小叔"
    "|老板|老闆|上司|领导|領導|主管|经理|經理|同事|客户|客戶|邻居|鄰居|房东|房東|室友|朋友|闺蜜|閨蜜|同学|同學"
    "|老师|老師|班主任|教练|教練|导师|導師|医生|醫生|律师|律師|警察|警官|学生|學生|学长|學長|强奸犯|施暴者|跟踪狂"
    "|骗子|男人|男生|女生|女孩|校长|校長|主任|院长|院長|局长|局長|村长|村長|队长|隊長|书记|書記|名叫|叫做|叫作|名为|名為|亲爱的|親愛的)"
)
_LEADS = re.compile(
    f'{_RELATION}(?:[：:，,“「\n"]|名叫|叫|是)?'
    f"({_FIRM}{_OTHER}(?:{_OTHER})?|[{_COMMON}]{_OTHER}{{1,2}}|{_ANY}[{_GIVEN}]{{1,2}}"
    f"|[小老阿][{_PLAIN}]|阿{_OTHER})"
)
_TITLED = re.compile(f"({_ANY}{_OTHER}{{0,2}}?|{_ANY}[{_GIVEN}]{{1,2}}){_TITLE}")
_WHOLE = re.compile(f"{_FIRM}[{_GIVEN}]{{2}}(?!{_TITLE})")
_DONE_BY = re.compile(
    f"(?:被|就是|正是|那个|那個|这个|這個)({_FIRM}{_OTHER}{{1,2}})(?=[{_STOP}，。！？；、,.!?;:\\s]|$)"
)
_PET = re.compile(f"(?<![{_HAN}])[小老阿]([{_PLAIN}])(?=[{_STOP}，。！？；、：,.!?;:\\s])")
# What foreign names are spelled with.
_SPELLED = (
    "[阿埃艾爱愛安奥奧巴芭贝貝比伯博布查达達戴丹德迪蒂丁杜多恩尔爾法菲费費弗福戈哥格古贡哈海汉漢赫亨胡华華霍基吉加贾賈简簡杰傑"
    "卡凯凱坎康考柯科克肯库庫昆拉莱萊兰蘭朗劳勞勒雷蕾黎李里裡理利莉丽麗连連琳林龙龍卢盧鲁魯路露伦倫罗羅洛马馬玛瑪麦麥曼梅"
    "门門蒙米密明莫默姆穆娜纳納南内內妮尼涅宁寧纽紐努诺諾欧歐帕潘佩彭皮珀普齐齊奇恰乔喬切琼瓊萨薩塞桑瑟森沙莎山舍圣聖施史"
    "什斯丝絲松苏蘇索塔泰坦汤湯唐特提汀图圖托瓦万萬旺威韦韋维維魏温溫文沃乌烏武西希席锡錫夏香肖谢謝辛欣修雅亚亞扬揚耶叶葉"
    "伊茵因尹英尤于约約泽澤扎札詹珍芝朱卓兹茲佐赛賽盖蓋姬娅婭]"
)
_PET_CALLED = re.compile(f"叫([阿小老]{_ONE})(?=[，。！？；、,.!?;:])")
_FOREIGN = re.compile(f"{_SPELLED}{{2,7}}(?:[·・•‧]{_SPELLED}{{1,8}}){{1,3}}")
# They look like a name with its title, or like one.
_NOBODY = re.compile(
    "许多|許多|胡说|胡說|谢谢|謝謝|余生|余下|严重|嚴重|严格|嚴格|江河|江山|龙江|康复|康復|施工|温柔|高兴|高興|马上"
    "|馬上|周围|周圍|任何|方法|方式|方便|关于|關於|关系|關係|关心|關心|于是|於是|文字|文化|安全|安静|安靜|明白|程度"
    "|何时|何時|常常|白天|白色|向前|万一|萬一|夏天|易碎|左右|曾经|曾經|高中|高校|白衣|史上|女老师|马路|馬路|毛衣"
    "|牛奶|雷雨|田野|兰花|蘭花|金融|黄金|黃金|江湖|孔雀|叶子|葉子|钱包|錢包|钱财|錢財|汤勺|湯|钟表|鐘|石头|石頭"
    "|王国|王國|王子|李子|唐山|江南|江边|江邊|陆地|陸地|海洋|汪洋|熊猫|熊貓|龙虾|龍蝦|柳树|柳樹|安慰|杨树|楊樹"
    "|苏州|蘇州|杭州|郑州|鄭州|徐州|广州|廣州|韩国|韓國|任职|任務|任务|庄严|莊嚴|章节|章節|蓝天|藍天|严肃|嚴肅"
)
_PET_NOBODY = frozenset("龙龍牛熊雷钱錢汤湯江毛叶葉兰蘭田柳鲁魯")


def find(plain: str):
    """Yield (start, end)."""
    spans = [match.span(1) for match in _LEADS.finditer(plain)]
    spans += [match.span(1) for match in _PET_CALLED.finditer(plain)]
    spans += [match.span(1) for match in _TITLED.finditer(plain)]
    spans += [match.span() for match in _WHOLE.finditer(plain)]
    spans += [match.span(1) for match in _DONE_BY.finditer(plain)]
    spans += [match.span() for match in _FOREIGN.finditer(plain)]
    spans += [match.span() for match in _PET.finditer(plain) if match[1] not in _PET_NOBODY]
    spans = {span for span in spans if not _NOBODY.match(plain, *span) and not _cut(plain, *span)}
    yield from spans
    # Once more, where it stands without what said that it is one.
    names = {plain[start:end] for start, end in spans}
    for length in {len(name) for name in names} & {2, 3, 4}:
        for start in range(len(plain) - length + 1):
            if plain[start : start + length] in names:
                yield start, start + length


def _cut(plain, start, end):
    """Behind a word that it belongs to."""
    if plain[start] in "谢謝" and plain[max(start - 1, 0) : start] == plain[start]:
        return True
    return end - start == 1 and plain[max(start - 1, 0) : start] in set("任如几幾提最")
