"""Sums of money named in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.scripts import HAN

_SIGNS = {
    "£": "GBP", "€": "EUR", "hk$": "HKD", "nt$": "TWD", "us$": "USD", "a$": "AUD", "au$": "AUD", "s$": "SGD", "rmb": "CNY", "gbp": "GBP",
    "eur": "EUR", "hkd": "HKD", "nt": "TWD", "ntd": "TWD", "twd": "TWD", "usd": "USD", "aud": "AUD", "sgd": "SGD", "cny": "CNY", "rm": "MYR",
    "myr": "MYR", "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "rupees": "INR", "chf": "CHF", "c$": "CAD", "cad": "CAD", "nz$": "NZD",
    "nzd": "NZD", "$": None, "¥": None, "pounds": "GBP", "pound": "GBP", "quid": "GBP", "euros": "EUR", "euro": "EUR", "dollars": None,
    "dollar": None, "bucks": None, "yuan": "CNY", "hong kong dollars": "HKD", "us dollars": "USD", "singapore dollars": "SGD",
    "australian dollars": "AUD", "taiwan dollars": "TWD", "nt dollars": "TWD", "grand": None, "ringgit": "MYR",
    "人民币": "CNY", "新台币": "TWD", "台币": "TWD", "港币": "HKD", "港元": "HKD", "港纸": "HKD", "欧元": "EUR", "欧": "EUR", "英镑": "GBP",
    "镑": "GBP", "美元": "USD", "美金": "USD", "刀": None, "澳元": "AUD", "澳币": "AUD", "澳刀": "AUD", "加元": "CAD", "加币": "CAD", "纽币": "NZD", "纽元": "NZD", "马币": "MYR", "令吉": "MYR", "葡币": "MOP", "瑞郎": "CHF", "新币": "SGD", "新元": "SGD", "坡币": "SGD",
    "泰铢": "THB", "日元": "JPY", "日币": "JPY", "日圆": "JPY", "韩元": "KRW", "元": None, "圆": None, "块钱": None, "块": None, "大洋": None, "蚊": "HKD",
}  # fmt: skip
_LOCAL = {"元": ("CN", "TW", "HK", "SG"), "$": ("US", "AU", "SG", "HK", "TW")}
_CURRENCY_OF = {"CN": "CNY", "TW": "TWD", "HK": "HKD", "SG": "SGD", "US": "USD", "AU": "AUD"}
_YUAN = ("元", "圆", "块钱", "块", "大洋")
_DOLLAR = ("$", "dollars", "dollar", "bucks")

_BEFORE = (
    r"£|€|hk\$|nt\$|us\$|au\$|nz\$|a\$|c\$|s\$|\$|¥|₹|rmb|gbp|eur|hkd|ntd?|twd|usd|aud|sgd|cny|rm|myr|rs\.?|inr|chf|cad|nzd|人民币|新台币|台币|港币"
    r"|欧元|英镑|美元|美金|新币|澳币|加币|加元|马币|日币|日元|日圆|韩元|泰铢"
)
_AFTER = (
    r"hong kong dollars|us dollars|singapore dollars|australian dollars|(?:nt|taiwan) dollars|pounds?|quid|euros?|dollars?|bucks|rupees|ringgit"
    r"|yuan|gbp|eur|hkd|ntd|twd|usd|aud|sgd|cny|rmb|chf|myr|rm|€|£|人民币|新台币|台币|港币|港元|港纸|欧元|欧(?!洲|盟|式|码)|英镑|镑|美元|美金|日元|日币|日圆"
    r"|韩元|澳元|澳币|澳刀|加元|加币|纽币|纽元|马币|令吉|葡币|瑞郎|刀(?![具片口])|新币|新元|坡币|大洋|元(?!旦|素|宝|气|件)|圆(?!形|桌|领|通)|块钱|块(?![钱]?(?:屏|表|肉|砖|板|玻璃|布|地|电池|手表))|蚊(?!子|帐|香|虫)"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1000, "千": 1000, "万": 10000, "w": 10000, "百": 100, "thousand": 1000, "grand": 1000, "m": 1000000, "million": 1000000,
          "hundred": 100, "lakh": 100000, "lakhs": 100000, "": 1}  # fmt: skip
_ZH_NUMBER_CHARS = "零〇一两二三四五六七八九十百千万廿卅"
_DIGITS_ZH = {"零": 0, "〇": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS_ZH = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_WORDS_EN = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen".split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_WORD = "|".join(sorted(_WORDS_EN, key=len, reverse=True))

_SCALE_EN = r"k|m|thousand|grand|million|hundred|lakhs?"
_LATIN = re.compile(rf"(?<![a-z0-9.])({_BEFORE})\s?({_NUMBER})(?:\s?({_SCALE_EN}|w|百|千|万)(?![a-z]))?(?![\d%])")
_EUROPEAN = re.compile(
    r"(?:(?<![a-z0-9])(?P<sign>€|eur)\s?(?P<a>\d{1,3}(?:\.\d{3})+(?:,\d\d)?|\d+,\d\d)(?!\d|[,.]\d|[月日号年]))"
    r"|(?:(?<!\d)(?<!\d[.,])(?P<b>\d{1,3}(?:\.\d{3})+(?:,\d\d)?|\d+,\d\d)\s?(?P<after>€|euros?|eur)(?![a-z]))"
)
_TRAILING = re.compile(
    rf"(?<![\da-z])(?<!\d[.,])({_NUMBER})\s?-?({_SCALE_EN}|w|百|千|万)?(?:多|几|余|来)?\s?({_AFTER})(?![a-z])(?! of (?:weight|fat|flour|meat|sugar|potatoes))"
)
_MIXED = re.compile(
    rf"(?<!\d)(?<!\d[.,])(\d+)\s?([万千百w])\s?(\d|[一二三四五六七八九])(千|百)?(?:多|几)?\s?({_AFTER})?(?![\d个天人次节年月%百万]|[,.]\d)"
)
_CENTS_ZH = re.compile(
    r"(?<![\d一两二三四五六七八九十百])(\d{1,5}|[一两二三四五六七八九十百]{1,6})块(\d|[一二三四五六七八九])毛(\d|[一二三四五六七八九])"
)
_SUB_UNIT = re.compile(
    r"(?<![\d一两二三四五六七八九十百])(\d{1,7}|[一两二三四五六七八九十百]{1,8})块(\d|[一二三四五六七八九])(?![\d一二三四五六七八九十百千万个张次节块条件天月年])"
)
_CHINESE = re.compile(rf"(?<![{_ZH_NUMBER_CHARS}])([{_ZH_NUMBER_CHARS}]{{1,14}})(?:多|几|余|来)?\s?({_AFTER})")
_ENGLISH = re.compile(
    rf"\b((?:(?:{_WORD}|a|half a)(?:[ -](?:{_WORD}))?[ -](?:hundred|thousand|grand|k)|{_WORD})"
    rf"(?:[ -](?:and[ -])?(?:{_WORD}|hundred|thousand|a hundred|grand))*)[ -]?({_AFTER.split('|人民币')[0]})?(?![a-z])"
)
_BARE_SCALED = re.compile(
    r"(?<![\w.,-])(\d+(?:\.\d+)?)\s?(k|grand|thousand)\b(?! (?:people|miles|km|kilomet|followers|steps|words|calls|times|messages|contacts|users|resolution|\d\d ?fps|fps|uhd|hdr|tv|monitor|screen|display|video|camera|race|run|subscribers|points|runs?|ohm|hours|customers|emails|numbers|minutes|leads|units|pieces|others|clients|songs|views))"
)

_UNIT_FOLLOWS = (
    r"(?! ?(?:%|percent|per cent|pc\b|/|-|:|x\b|×|°|km|kg|kilo|cm|mm|ml|mb|gb|tb|litres?|inch|in\.|hours?|hrs?|days?|weeks?|months?|years?|yrs?|mins?|minutes?|seconds?"
    r"|times?|people|persons?|guests?|lessons?|sessions?|classes|visits?|nights?|calls?|emails?|customers?|pieces?|pairs?|pm\b|am\b|st\b|nd\b|rd\b|th\b|miles?|metres?|meters?"
    r"|kwh|watts?|w\b|v\b|mah|photos?|seats?|users?|contacts?|tickets?|points?|credits?|stars?|chairs?|rooms?|employees|staff|units?|members?|subscribers|of (?:them|us|the|my|those|these)))"
)
_FOLLOW = (
    r"(?=$|[,;!?)\"…]|\.(?!\d)| (?:in|on|for|and|but|cash|upfront|up|a|an|per|each|total|to|by|from|with|off|at|plus|via|through|deposit|all|which|that|i|we|they|he|she|it"
    r"|the|including|altogether|extra|gone|back|less|more|down|last|so|because|as|when|online|over|today|yesterday|straight|out|using|into|of my|by card|already|now|then|or"
    r"|monthly|yearly|annually|instead|not|only|every|if|after|before|though|since|while|is|was|just|again|lah|leh|liao|bro|plz|please|under|without|than|ex|inc|incl|ish|still|"
    r"voucher|gift|fee|charge|refund|bill|worth|advance|later|this|there|thanks|total|paid|left|gone|prepaid|deducted|charged|taken)\b)"
)
_MONEY_WORD_EN = (
    r"(?:paid(?: (?:them|him|her|you|the \w+|out|about))?|pay|paying|costs?|costed|costing|spent|spend|deposits?(?: (?:of|was|is))?|price(?:d)?(?: (?:was|is|of|at|paid))?"
    r"|worth|charged?(?: me| us| him| her| my \w+| for| twice)?|charging(?: me| us)?|charges?(?: of)?|took|taken|lost|refund(?:ed)? (?:of|me)|amount(?: (?:is|was|to|of))?"
    r"|total(?:led|s)?(?: (?:is|was|of|came to))?|came to|comes to|came out at|handed over|transferred|sent(?: (?:them|him|her))?|fees?(?: (?:of|was|is))?|bills?(?: (?:of|was|is|for))?|owes?(?: me| us)?|invoice(?:d)?(?: (?:for|of|me))?"
    r"|gave (?:them|him|her|it)|asked(?: for)?|wants?|demand(?:s|ed|ing)?|keeps?|kept|loaded|topped up(?: with)?|put(?: down)?|sold (?:it|me \w+) for|bought (?:it )?(?:for|at)|got it for"
    r"|quote(?:d)?(?: (?:was|of|me))?|make (?:it|that)|balance(?: of)?|credit of|vouchers? (?:of|for|worth)|instalments? of|payments? of|sum of|overcharged(?: me| us)?(?: by)?|billed(?: me| us)?|debited|deducted|withdrew|fined?(?: of)?"
    r"|court over|dispute over|claim (?:of|for|is)|dropped|bill's|(?:the )?(?:entire|whole|full)|tix (?:were|are)|confirmed|forked out|coughed up|shelled out|still(?: have| got)?|for|at|was|is|it's|only|another|minus|plus|of)"
)
_BARE_EN = re.compile(
    rf"(?<![\w$£€]){_MONEY_WORD_EN}:? (?:of |for |out |in |a |an |the |my |just |only |like |about |around |over |nearly |almost |roughly |some |another |maybe |under |up to |exactly |approximately |me |us ){{0,3}}"
    rf"(?P<number>{_NUMBER})(?![\w%]|\.\d|,\d){_UNIT_FOLLOWS}{_FOLLOW}"
)
_GROUPED_EN = re.compile(
    rf"(?<![\w.,$£€-])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?)(?![\w%]|\.\d|,\d){_UNIT_FOLLOWS}{_FOLLOW}"
)
_CENTS_EN = re.compile(rf"(?<![\w.,/$£€-])(?P<number>\d+\.\d\d)(?![\w%]|\.\d|,\d){_UNIT_FOLLOWS}(?! ?(?:m\b|l\b|g\b))")
_PAID_AFTER_EN = re.compile(
    rf"(?<![\w.,$£€-])(?P<number>{_NUMBER})(?= (?:in total|altogether|all in|paid|in cash|cash|upfront|up front|down the drain|on (?:my |a )?(?:credit |debit )?card|on instal\w+|a month|a year|per month|by bank transfer|via paypal|out of pocket)\b)"
)
_BESIDE_EN = re.compile(
    r"(?<![\w.,$£€-])(?P<number>\d{2,5})(?= (?:a pop|apiece|a head|on (?:a|my|the) (?:\w+ )?(?:card|account|voucher|wallet)|in store credit|on (?:the )?spot|for (?:\w+ )?(?:weeks|months|sessions|lessons|classes)|quid|smackers))"
    r"|(?<=[a-z'], )(?P<apart>[1-9]\d{2,4})(?=, |\. |\.$)"
)
_NOUN_EN = re.compile(
    r"\b(?:a|an|the|my|our|their|its|this) (?P<number>\d{2,6}|\d{1,3}(?:,\d{3})+)[ -](?:deposit|vouchers?|gift ?cards?|gift voucher|fee|charge|bill|refund|invoice|booking fee|down payment|purchase|payment|fine|sofa|vase|phone|laptop|coat|jacket|dress)\b"
)
_SWITCH_EN = re.compile(r"(?:\bnot|n't|instead of|in place of|rather than) (?:the )?$")
_WEAK_VERB = re.compile(
    r"^(?:for|at|was|is|it's|only|another|minus|plus|of|took|taken|make (?:it|that)|put|wants?|asked|keeps?|kept|sent)\b"
)
_DATE_OR_CLOCK = re.compile(r"(?:19|20)\d\d$")

_MEASURE = (
    r"(?!\s?(?:个|位|名|人|户|家|次|节|堂|课|天|日|年|月|周|星期|礼拜|小时|分钟|分之|公里|里|米|平|度|字|页|张|件|份|只|条|台|部|套|箱|盒|瓶|斤|克|公斤|毫|升|倍|点"
    r"|积分|金币|钻|粉|步|转|瓦|级|号|种|本|首|场|趟|封|通|句|处|辆|棵|颗|粒|包|袋|桌|%|像素|兆|集|期|篇|回|岁|匹|毫安|赫兹|码|寸|吋|双|瓣|毛|角|遍|键|抽|刀|拍|单|号人|人次|啊大哥|句|卷|行|电话|热线|层|楼|排|路|班|组|桶|支|枝|片|盏|座|间|所|头|把"
    r"|多[个位名人户家次节堂天日年月周小分公里米平字页张件份只条台套箱盒瓶斤通封条度]|几[个位名人户家次节天年月度]|来[个位名人户家次天度]|余[个位名人户家次天]|[a-z]|[.:]\d|\d|/|-|~|至|到))"
)
_MONEY_WORD_ZH = (
    r"(?:(?<=,)是(?=\d{3})|付|花|刷|交|缴|扣|充|存|汇|转|过|入|卖|买|月租|保价|了张|升级到|升到|[两三四五六七八九十\d]张|票价|收|收费|价|费|订金|定金|押金|款|金额|总额|总共|一共|共|合共|合计|全款|余额|剩|还有|还剩|里有|损失|被骗|骗|赔|退|补|要|只要|卡|学费|团费|月费|年费|租金|保证金|尾款|钱|工资|罚|多|涨到|贵|便宜"
    r"|值|抵|低|给|报价|开价|划走|划了|扣走|转走|体验(?:价)?|埋单|结账|结帐|刷出来|收我|改成|改做|改返做|应该是|大概|约|差不多|快|近|将近|整整|每人|每月|一年|两年|一个月|少|原价|售价|单价|净|成|喊)"
)
_FILL_ZH = r"(?:了|咗|我|他|她|佢|你|他们|们|一共|总共|共|合共|整整|大概|大约|差不多|将近|快|近|约|接近|超过|的|是|为|:|才|就|人家|足足|上|成|出|掉|去|走|入|返|:|到|要|给|着|过|只|又|也|都|有|里面|里|卡|钱|价|费|款|金)"
_BARE_ZH_DIGITS = re.compile(
    rf"{_MONEY_WORD_ZH}{_FILL_ZH}{{0,4}}\s?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{2,7}}(?:\.\d{{1,2}})?)(?!\d|\.\d|,\d{{3}}(?!\d)){_MEASURE}(?!月|日)"
)
_BARE_ZH_SCALED = re.compile(
    rf"(?<![\da-z第])(?<!\d[.,])(?P<number>\d+(?:\.\d+)?)\s?(?P<scale>[百千万w]|k(?![a-z])){_MEASURE}"
)
_BARE_ZH = re.compile(
    rf"(?<![{_ZH_NUMBER_CHARS}第几上数好\d.初])(?P<number>[一两二三四五六七八九十廿卅][{_ZH_NUMBER_CHARS}]*)(?P<more>多|几|出头)?{_MEASURE}(?![%{_ZH_NUMBER_CHARS}])"
)
_GROUPED_ZH = re.compile(
    rf"(?<![\w.,$£€-])(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?){_MEASURE}(?!月|日)|(?<=[\u4e00-\u9fff])(?P<after>\d{{1,3}}(?:,\d{{3}})+){_MEASURE}"
)
_APART_ZH = re.compile(
    r"(?:买|订|购|入手|办|报|收|拍|抢|团|秒|做)[^,。!?]{1,14},(?P<number>[1-9]\d{1,5}(?:\.\d\d)?)(?=[,。])"
)
_LEADING_UNIT = re.compile(
    r"(?:付|花|刷|交|俾|给|畀|收|收咗|只要|要|卖|扣|充|用|使|买|成)了?(?:我|佢|他)?(?P<number>[千万百][一二三四五六七八九])(?=[,。,!?;\s的蚊块]|$)"
)


_RANGE_ZH = re.compile(r"[\d十百千万元块](?:到|至|~|-)$")
_MOST = 60
"""So many sums are read at most; no story has more, and the cost of each grows with their number."""


@dataclass(frozen=True)
class SumFound:
    """A sum, its ISO 4217 code when the words tell it, and where in the text it stands."""

    amount: Decimal
    currency: str | None
    start: int
    end: int


def sums_in(text: str) -> list[SumFound]:
    """Every sum of money that a folded text names, in order.

    元, 块 and $ are the money of the place that the text itself names; without one they have no currency.
    """
    found: list[SumFound] = []
    place = _Place(text)
    for match in _EUROPEAN.finditer(text):
        number = (match.group("a") or match.group("b")).replace(".", "").replace(",", ".")
        _add(found, Decimal(number), "EUR", match.span())
    for match in _CENTS_ZH.finditer(text):
        whole, tenth, cent = (_any_number(match.group(part)) for part in (1, 2, 3))
        if whole is not None and tenth is not None and cent is not None:
            _add(found, whole + tenth / 10 + cent / 100, place.currency("块"), match.span())
    for match in _SUB_UNIT.finditer(text):
        whole, tenth = _any_number(match.group(1)), _any_number(match.group(2))
        if whole is not None and tenth is not None:
            _add(found, whole + tenth / 10, place.currency("块"), match.span())
    for match in _MIXED.finditer(text):
        scale, tail = _SCALE[match.group(2)], _any_number(match.group(3)) or Decimal(0)
        unit = _SCALE[match.group(4)] if match.group(4) else scale // 10
        if unit < scale:
            _add(found, int(match.group(1)) * scale + tail * unit, place.currency(match.group(5)), match.span())
    for match in _LATIN.finditer(text):
        _add(found, _scaled(match.group(2), match.group(3)), place.currency(match.group(1)), match.span())
    for match in _TRAILING.finditer(text):
        _add(found, _scaled(match.group(1), match.group(2)), place.currency(match.group(3)), match.span())
    if HAN.search(text):
        _add_chinese(found, text, place)
    _add_english(found, text, place)
    kept = (item for item in found if not (_switched(text, item) or _inexact(text, item)))
    return sorted(kept, key=lambda item: item.start)


class _Place:
    """The currency of words that several places share, looked up once and only when needed."""

    def __init__(self, text: str) -> None:
        self._text, self._known, self._code = text, False, ""

    def currency(self, sign: str | None) -> str | None:
        sign = (sign or "").strip()
        if sign in _YUAN:
            places = _LOCAL["元"]
        elif sign in _DOLLAR:
            places = _LOCAL["$"]
        else:
            return _SIGNS.get(sign)
        if not self._known:
            from bot.components.places import names_place, place_of

            place = place_of(self._text)
            self._known, self._code = True, place.code if place else ""
            if self._code == "US" and not names_place(self._text, "US"):
                self._code = ""  # its signs alone do not make a dollar American
        return _CURRENCY_OF[self._code] if self._code in places else None


def _add_chinese(found: list[SumFound], text: str, place: _Place) -> None:
    for match in _CHINESE.finditer(text):
        number = chinese_number(match.group(1))
        if number and (number, match.group(2)) != (1, "块"):  # 掉了一块 is a piece
            _add(found, Decimal(number), place.currency(match.group(2)), match.span())
    for match in _LEADING_UNIT.finditer(text):
        number = chinese_number("一" + match.group("number"))
        if number:
            _add(found, Decimal(number), None, match.span("number"))
    for match in _BARE_ZH_SCALED.finditer(text):
        _add(found, _scaled(match.group("number"), match.group("scale")), None, match.span())
    for match in _BARE_ZH.finditer(text):
        number = chinese_number(match.group("number"))
        if number is not None and number >= 100 and match.group("number")[-1] != "零":
            _add(found, Decimal(number), None, match.span("number"))
    for match in _GROUPED_ZH.finditer(text):
        group = "number" if match.group("number") else "after"
        _add(found, _scaled(match.group(group), None), None, match.span(group))
    for match in _APART_ZH.finditer(text):
        if not _DATE_OR_CLOCK.match(match.group("number")):
            _add(found, _scaled(match.group("number"), None), None, match.span("number"))
    for match in _BARE_ZH_DIGITS.finditer(text):
        if not _DATE_OR_CLOCK.match(match.group("number")):
            _add(found, _scaled(match.group("number"), None), None, match.span("number"))


def _add_english(found: list[SumFound], text: str, place: _Place) -> None:
    for match in _ENGLISH.finditer(text):
        number, sign = english_number(match.group(1)), match.group(2)
        scaled = re.search(r"hundred|thousand|grand", match.group(1))
        if number and (
            sign
            or (
                scaled
                and re.match(_FOLLOW, text[match.end() : match.end() + 14])
                and ("grand" in match.group(1) or _spent_before(text, match.start()))
            )
        ):
            _add(found, Decimal(number), place.currency(sign), match.span())
    for match in _BARE_SCALED.finditer(text):
        _add(found, _scaled(match.group(1), match.group(2)), None, match.span())
    for match in _BESIDE_EN.finditer(text):
        group = "number" if match.group("number") else "apart"
        if group == "number" or not _DATE_OR_CLOCK.match(match.group(group)):
            _add(found, _scaled(match.group(group), None), None, match.span(group))
    for pattern in (_GROUPED_EN, _CENTS_EN, _NOUN_EN, _PAID_AFTER_EN):
        for match in pattern.finditer(text):
            if pattern is _CENTS_EN and _is_day(match.group("number"), text[max(0, match.start() - 4) : match.start()]):
                continue
            if pattern is _CENTS_EN and re.search(
                r"(?:\bdouble|\bat|\bversion|\bv|\bfrom|\buntil|\btill|\bby) $",
                text[max(0, match.start() - 9) : match.start()],
            ):
                continue
            _add(found, _scaled(match.group("number"), None), None, match.span("number"))
    for match in _BARE_EN.finditer(text):
        number = match.group("number")
        weak = _WEAK_VERB.match(match.group(0))
        if (_DATE_OR_CLOCK.match(number) and weak) or Decimal(number.replace(",", "")) < (20 if weak else 5):
            continue
        if (
            weak
            and "." not in number
            and re.search(
                r"\b(?:aged?|over the age|i'm|he's|she's|mum|dad|at|age|was|is) $",
                text[max(0, match.start("number") - 12) : match.start("number")],
            )
            and Decimal(number.replace(",", "")) < 100
            and not re.search(
                r"\b(?:price|cost|bill|it) (?:was|is) $", text[max(0, match.start("number") - 14) : match.start("number")]
            )
        ):
            continue
        _add(found, _scaled(number, None), None, match.span("number"))


def _is_day(number: str, before: str) -> bool:
    """Whether a number with two decimals is a day: on 11.11."""
    day, _, month = number.partition(".")
    return before.endswith(" on ") and int(day) <= 31 and 1 <= int(month) <= 12


def _spent_before(text: str, position: int) -> bool:
    return bool(
        re.search(
            r"\b(?:paid|pay|cost|costs|spent|for|worth|lost|deposit|gave|charged|took|price|total|of|over|about|nearly|almost|another|my|the)(?: \w+){0,3} $",
            text[max(0, position - 30) : position],
        )
    )


def _switched(text: str, item: SumFound) -> bool:
    """Whether the words take the sum back: "1,250 not 125", 不是三千是五千."""
    before = text[max(0, item.start - 14) : item.start]
    return bool(_SWITCH_EN.search(before) or before.endswith(("不是", "而非", "并非")))


def _inexact(text: str, item: SumFound) -> bool:
    """Whether the words leave open how much it was: 三万几, 从一万到两万."""
    return (
        text.startswith("几", item.end)
        or text.endswith("小", 0, item.start)
        or bool(_RANGE_ZH.search(text[max(0, item.start - 8) : item.start]))
    )


def chinese_number(words: str) -> int | None:
    """三千八 is 3800, 一万二 12000, 两百五十 250, 廿五 25; None for what is no number."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    total = section = digit = 0
    last_unit = 1
    for character in words:
        if character in _DIGITS_ZH:
            digit = _DIGITS_ZH[character]
            if digit == 0:
                last_unit = 10
        elif character == "万":
            total, section, digit, last_unit = (total + section + digit) * 10000, 0, 0, 10000
        elif character in _UNITS_ZH:
            section += (digit or 1) * _UNITS_ZH[character]
            digit, last_unit = 0, _UNITS_ZH[character]
        else:
            return None
    if digit and last_unit >= 100:
        digit *= last_unit // 10  # spoken short form: 三千八 leaves out the 百
    return total + section + digit


def english_number(words: str) -> int | None:
    """Fifteen hundred is 1500, two grand 2000, a hundred and twenty 120; None for what is no number."""
    total = section = 0
    half = words.startswith("half a")
    for word in re.split(r"[ -]+", words.removeprefix("half ")):
        if word in _WORDS_EN:
            section += _WORDS_EN[word]
        elif word == "a":
            section = section or 0
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in ("thousand", "grand", "k"):
            total, section = total + (section or 1) * 1000, 0
        elif word != "and":
            return None
    return (total + section) // 2 if half else total + section


def _any_number(word: str) -> Decimal | None:
    if word.isdigit():
        return Decimal(word)
    number = chinese_number(word)
    return None if number is None else Decimal(number)


def _scaled(number: str, scale: str | None) -> Decimal:
    amount = Decimal(number.replace(",", "")) * _SCALE[scale or ""]
    return Decimal(int(amount)) if amount == amount.to_integral() else amount


def _add(found: list[SumFound], amount: Decimal, currency: str | None, span: tuple[int, int]) -> None:
    """Keeps the first reading of a place in the text."""
    start, end = span
    if amount > 0 and len(found) < _MOST and not any(start < other.end and other.start < end for other in found):
        found.append(SumFound(amount, currency, start, end))
