"""Other ways to say the same, and near misses that state nothing, fact by fact."""

from __future__ import annotations

from datetime import date

import pytest

from bot.components.facts_in_text import facts_in

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("I got it for my gran's 80th", "buyer", "consumer"),
        ("it was a surprise for the missus", "buyer", "consumer"),
        ("the printer we lease for our dental practice", "buyer", "business"),
        ("my husband signed up to a gym", "buyer", "consumer"),
        ("I'm a sole trader and ordered a laser cutter", "buyer", "business"),
        ("我太太喺網上訂嘅", "buyer", "consumer"),
        ("我们店里用的咖啡机坏了", "buyer", "business"),
        ("買給公司尾牙抽獎用的", "buyer", "business"),
        ("帮我爸订的机票", "buyer", "consumer"),
        ("茶餐廳用嘅雪櫃", "buyer", "business"),
        ("my neighbour bought one for her shop", "buyer", None),
        ("can a company claim this?", "buyer", None),
        ("Got it from Vinted last week", "channel", "online"),
        ("I clicked on an Instagram ad and bought boots", "channel", "online"),
        ("picked it up at the till in Currys", "channel", "in_store"),
        ("a chap came to the door selling solar", "channel", "doorstep"),
        ("they talked me into it over the phone", "channel", "phone"),
        ("signed up via their app", "channel", "online"),
        ("I bought it at a car boot stall", "channel", "in_store"),
        ("直播間下單的", "channel", "online"),
        ("在屈臣氏買的", "channel", "in_store"),
        ("樓下五金舖買", "channel", "in_store"),
        ("有個阿姐嚟屋企推銷", "channel", "doorstep"),
        ("電話推銷簽的約", "channel", "phone"),
        ("網購平台買的包", "channel", "online"),
        ("在旺角街頭被人截住簽咗健身", "channel", "doorstep"),
        ("去門市看過，後來在官網買", "channel", "online"),
        ("the website is down", "channel", None),
        ("they posted my review online", "channel", None),
        ("打電話給客服沒人接", "channel", None),
        ("店家一直不理我", "channel", None),
        ("charged to my Barclaycard credit card", "payment", "credit_card"),
        ("I used Afterpay", "payment", "bnpl"),
        ("I paid by card", "payment", None),
        ("刷卡付的", "payment", None),
        ("用花唄分期", "payment", "bnpl"),
        ("過數俾佢", "payment", "bank_transfer"),
        ("用LINE Pay付", "payment", "other"),
        ("they only accept cash", "payment", None),
        ("the shop has shut for good", "trader_status", "closed"),
        ("they've gone into administration", "trader_status", "insolvent"),
        ("間舖執咗笠", "trader_status", "closed"),
        ("老闆跑路了", "trader_status", "unreachable"),
        ("店都搬空了", "trader_status", "closed"),
        ("怕他會倒閉", "trader_status", None),
        ("if they go bust", "trader_status", None),
        ("the course started two weeks ago", "service_started", "true"),
        ("I haven't been once", "service_started", "false"),
        ("上咗三堂", "service_started", "true"),
        ("一堂課都還沒上", "service_started", "false"),
        ("已經去過兩次健身房", "service_started", "true"),
        ("it cost me fifty quid", "amount", "50"),
        ("I paid 1.299,00 euro", "amount", "1299.00"),
        ("埋單$880", "amount", "880"),
        ("花了我小一萬", "amount", None),
        ("一千二百八", "amount", "1280"),
        ("they offered me £20", "amount", None),
        ("The freezer packed in on Saturday 14 November", "discovered_date", "2026-11-14"),
        ("雪櫃11月14號突然唔凍", "discovered_date", "2026-11-14"),
        ("I complained on the 10th of November", "notice_date", "2026-11-10"),
        ("11月10號打去投訴", "notice_date", "2026-11-10"),
        ("our flight was on 3 November", "start_date", "2026-11-03"),
        ("11月3日入住的酒店", "start_date", "2026-11-03"),
        ("parcel turned up on Monday", "delivery_date", "2026-11-23"),
        ("禮拜一先收到", "delivery_date", "2026-11-23"),
        ("they emailed me on 3 November to say no", "notice_date", None),
        ("微波炉第三天就冒烟", "item_type", "goods"),
        ("hairdresser ruined my colour", "item_type", "service"),
        ("the hotel lost our booking", "item_type", "travel"),
        ("演唱會取消", "item_type", "event"),
        ("the e-book won't open", "item_type", "digital"),
        ("補習班倒了", "item_type", "service"),
        ("電競椅壞了", "item_type", "goods"),
        ("the kayak leaks", "item_type", "goods"),
        ("my wok's handle broke off", "item_type", "goods"),
        ("the chiropractor cancelled", "item_type", "service"),
    ],
)
def test_reads_the_fact_or_leaves_it(text: str, fact: str, value: str | None) -> None:
    """The value, or None where the words do not state it."""
    assert next((found.value for found in facts_in(text, TODAY) if found.name == fact), None) == value


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("唔係三萬，係28000", "amount", "28000"),
        ("I ordered it online from a shop in town", "channel", "online"),
        ("actually it was online, I only looked at it in the shop", "channel", "online"),
        ("刷卡付的三千块", "payment", None),
        ("Bought on 05/10/26 for £410", "purchase_date", None),
        ("I live in London, bought on 05/10/26", "purchase_date", "2026-10-05"),
    ],
)
def test_what_was_once_misread(text: str, fact: str, value: str | None) -> None:
    assert next((found.value for found in facts_in(text, TODAY) if found.name == fact), None) == value
