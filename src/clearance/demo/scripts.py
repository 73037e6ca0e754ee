"""The demo's names in further scripts: its syllables, trades and legal forms, one for one.

1. Which region writes in which script is dealt by a seeded draw: no region means anything.
2. A sign for a sign is no translation. Trades and forms are translated, as registers have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.demo.names import ENDINGS, FORMS, SYLLABLES, TRADES


@dataclass(frozen=True, slots=True)
class Script:
    """One script: what stands for each syllable, trade and ending, and form, in their order.

    **Shape**: ``gap`` parts words.
    """

    name: str
    syllables: Sequence[str]
    trades: Sequence[str]
    forms: Sequence[str]
    gap: str = " "

    def written(self, latin: str) -> str:
        """An invented Latin name in this script; a name of other words stays as it is."""
        words = [self._word(word) for word in latin.split()]
        return self.gap.join(words) if all(words) else latin

    def _word(self, word: str) -> str:
        for known, own in (((*TRADES, *ENDINGS), self.trades), (FORMS, self.forms)):
            if word in known:
                return own[known.index(word)]
        parts = split(word.lower())
        return "".join(self.syllables[SYLLABLES.index(part)] for part in parts).capitalize()


def split(word: str) -> Sequence[str]:
    """A word as the syllables it was made of; empty where it was not.

    >>> split("valomi"), split("crestline")
    (('va', 'lo', 'mi'), ())
    """
    if not word:
        return ()
    for syllable in SYLLABLES:
        rest = word.removeprefix(syllable)
        if rest != word and (not rest or split(rest)):
            return syllable, *split(rest)
    return ()


def _of(name: str, syllables: str, trades: str, forms: str, gap: str = " ") -> Script:
    return Script(name, syllables.split(), trades.split(), forms.split(), gap)


CYRILLIC = _of(
    "Cyrillic",
    "ва ло ми тен ру сол ка нер до фи бра кво зел там ор пе никс ул кор дра сеф хал мо ри ган эли"
    " тор вен",
    "Робототехника Грузоперевозки Лаборатории Данные Продукты Оптика Мобильность Энергия Медиа"
    " Текстиль Аналитика Биотех Софт Ритейл Минералы Здоровье Аэрокосмос Университет Холдинг Фонд",
    "ООО АО ПАО Компания Группа Завод",
)
GREEK = _of(
    "Greek",
    "βα λο μι τεν ρου σολ κα νερ ντο φι μπρα κουο ζελ ταμ ορ πε νιξ ουλ κορ ντρα σεφ χαλ μο ρι γκαν"
    " ελι τορ γουεν",
    "Ρομποτική Μεταφορές Εργαστήρια Δεδομένα Τρόφιμα Οπτικά Κινητικότητα Ενέργεια Μέσα"
    " Υφάσματα Αναλύσεις Βιοτεχνολογία Λογισμικό Λιανική Ορυκτά Υγεία Αεροδιαστημική Πανεπιστήμιο"
    " Συμμετοχών Ταμείο",
    "ΕΠΕ ΙΚΕ ΑΕ Εταιρεία Όμιλος Έργα",
)
ARABIC = _of(
    "Arabic",
    "فا لو مي تن رو سول كا نر دو في برا كو زل تام أور بي نكس أول كور درا سف هال مو ري غان إيلي"
    " تور ون",
    "روبوتات شحن مختبرات بيانات أغذية بصريات تنقل طاقة إعلام منسوجات تحليلات تقنيات برمجيات تجزئة"
    " معادن صحة فضاء جامعة قابضة صندوق",
    "ذ.م.م ش.م.م ش.م.ع شركة مجموعة مصانع",
)
HAN = _of(
    "Han",
    "瓦 洛 米 腾 鲁 索 卡 纳 多 菲 布 阔 泽 塔 奥 佩 尼 乌 科 德 塞 哈 莫 里 甘 埃 托 文",
    "机器人 货运 实验室 数据 食品 光学 出行 能源 传媒 纺织 分析 生物科技 软件 零售 矿业 健康 航空"
    " 大学 控股 基金",
    "有限公司 有限责任公司 股份有限公司 公司 集团 工厂",
    "",
)
KANA = _of(
    "Kana",
    "ヴァ ロ ミ テン ル ソル カ ネル ド フィ ブラ クォ ゼル タム オル ペ ニクス ウル コル ドラ"
    " セフ ハル モ リ ガン エリ トル ウェン",
    "ロボティクス フレイト ラボ データ フーズ オプティクス モビリティ エナジー メディア"
    " テキスタイル アナリティクス バイオテック ソフトウェア リテール ミネラル ヘルス エアロスペース"
    " 大学 ホールディングス ファンド",
    "株式会社 合同会社 有限会社 カンパニー グループ ワークス",
    "",
)
HANGUL = _of(
    "Hangul",
    "바 로 미 텐 루 솔 카 너 도 피 브라 쿼 젤 탐 오 페 닉스 울 코 드라 세프 할 모 리 간 엘리 토 웬",
    "로보틱스 화물 연구소 데이터 식품 광학 모빌리티 에너지 미디어 섬유 분석 바이오 소프트웨어 유통"
    " 광물 건강 항공 대학교 홀딩스 펀드",
    "주식회사 유한회사 (주) 회사 그룹 공업",
)
SCRIPTS = (CYRILLIC, GREEK, ARABIC, HAN, KANA, HANGUL)
