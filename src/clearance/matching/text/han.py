"""Han: one form of a character that is written in three ways, and whose it is.

1. Traditional forms (ICU) and Japanese ones (the table below) become the simplified one, for
   searching only: a name in either of the three is found by the others.
2. A reading belongs to a language. Only what national character sets tell is used: a sign that
   is in GB 2312 or Big5 and not in JIS X 0208 is Chinese; one that is in JIS X 0208 alone is
   Japanese. Where no sign tells, nothing is read.
"""

from __future__ import annotations

from functools import cache

from icu import Transliterator

_TO_SIMPLIFIED = Transliterator.createInstance("Hant-Hans")
_JAPANESE = (
    "広沢渋徳桜気仮価児両処剣剤労効勧単厳収図団囲圏圧塁壊壌売変奨姫嬢実対専巣帯帰庁県廃弾従応恵悪"
    "悩戦戯戸払抜択拝拠拡挙掲揺捜撃摂斉斎暁曽栄桟検楽様権歓歩歯歳毎氷浄済渓満滝瀬焼営犠猟獣畳発砕"
    "穂窓竜粋経絵続総縁縄縦繊聴脳臓荘蔵薬蛍覇覚覧観訳読譲豊賛転軽辺逓遅郷醸釈鉄鉱銭錬陥険隠雑霊頼"
    "顕駅駆騒験髄髪鶏黒黙齢塩亜舗継亀乗仏伝働円冨勲呉増壱寛尭巌弐徴懐挿暦殻涙渇渉渕稲穏粛繋聡舘艶"
    "薗薫邉醤鋳隷鴎髙﨑嵜濵桒栁歴鎌焔餠麺麹浜芸糸"
)
_AS_SIMPLIFIED = (
    "广泽涩德樱气假价儿两处剑剂劳效劝单严收图团围圈压垒坏壤卖变奖姬娘实对专巢带归厅县废弹从应惠恶"
    "恼战戏户拂拔择拜据扩举揭摇搜击摄齐斋晓曾荣栈检乐样权欢步齿岁每冰净济溪满泷濑烧营牺猎兽叠发碎"
    "穗窗龙粹经绘续总缘绳纵纤听脑脏庄藏药萤霸觉览观译读让丰赞转轻边递迟乡酿释铁矿钱炼陷险隐杂灵赖"
    "显驿驱骚验髓发鸡黑默龄盐亚铺继龟乘佛传动圆富勋吴增壹宽尧岩贰征怀插历壳泪渴涉渊稻稳肃系聪馆艳"
    "园薰边酱铸隶鸥高崎崎滨桑柳历镰焰饼面曲滨艺丝"
)
_FROM_JAPANESE = str.maketrans(_JAPANESE, _AS_SIMPLIFIED)
"""Forms of the Japanese list for daily use that are neither the traditional nor the simplified."""


def is_han(sign: str) -> bool:
    """Whether a sign is a Han character."""
    return "\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" or sign >= "\U00020000"


def simplified(text: str) -> str:
    """The simplified form of each Han character; other signs as they are.

    >>> simplified("國泰"), simplified("広沢"), simplified("廣澤")
    ('国泰', '广泽', '广泽')
    """
    if not any(map(is_han, text)):
        return text
    return str(_TO_SIMPLIFIED.transliterate(text.translate(_FROM_JAPANESE)))


@cache
def _is_in(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def reads_as_chinese(text: str) -> bool:
    """Whether some sign is Chinese and none is Japanese.

    >>> reads_as_chinese("华为"), reads_as_chinese("日本"), reads_as_chinese("広沢")
    (True, False, False)
    """
    han = set(filter(is_han, text))
    return any(map(_is_chinese, han)) and not any(map(_is_japanese, han))


def _is_chinese(sign: str) -> bool:
    return (_is_in(sign, "gb2312") or _is_in(sign, "big5")) and not _is_in(sign, "shift_jis")


def _is_japanese(sign: str) -> bool:
    return _is_in(sign, "shift_jis") and not (_is_in(sign, "gb2312") or _is_in(sign, "big5"))
