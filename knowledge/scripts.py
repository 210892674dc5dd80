"""Chinese scripts folded into one, for features only; never for what a user reads."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

# Words that differ by place although they mean the same; folding characters alone keeps them apart.
_SAME = {
    "退费": "退款", "网路": "网络", "信用咭": "信用卡", "咭": "卡", "软体": "软件", "资讯": "信息", "简讯": "短信", "影片": "视频",
    "萤幕": "屏幕", "手提电话": "手机", "店家": "商家", "业者": "商家", "商户": "商家", "卖家": "商家", "保固": "保修", "合约": "合同", "契约": "合同",
    "饭店": "酒店", "机票": "机票", "瑕疵": "质量问题", "唔": "不", "冇": "没有", "嘅": "的", "咗": "了", "喺": "在", "佢": "他", "俾": "给",
    "畀": "给", "点算": "怎么办", "点样": "怎样", "乜": "什么", "边度": "哪里", "而家": "现在", "是咪": "是不是", "系咪": "是不是", "唔系": "不是", "嚟": "来",
    "睇": "看",
}  # fmt: skip
_COPULA = re.compile(r"(?<![關关干联聯体體])係(?![數数])")
"""The Cantonese "is"; made simplified it would be the 系 of 关系 and 系统."""

_SAME_WORDS = re.compile("|".join(sorted(map(re.escape, _SAME), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return str(_converter().convert(text)) if HAN.search(text) else text


def folded(text: str) -> str:
    """The text as features see it: one width, one case, one script, one word for what places call differently."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not HAN.search(text):
        return text
    return _SAME_WORDS.sub(lambda match: _SAME[match.group(0)], simplified(_COPULA.sub("是", text)))
