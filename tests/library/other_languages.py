"""Papers in other languages, and questions that they answer; made up."""

from typing import NamedTuple

from paperreader.papers.paper import Paper


class Question(NamedTuple):
    """A question, and the subject of the papers that answer it."""

    text: str
    subject: str


GERMAN = {
    "privacy": [
        (
            "Differentielle Privatheit für Abfragen",
            "Rauschen schützt die Personen hinter einer Datenbank vor der Offenlegung.",
        ),
        (
            "Anonymisierung von Patientendaten",
            "Namen und Anschriften werden vor der Weitergabe der Krankenakten entfernt.",
        ),
        (
            "Verschlüsselte Übertragung persönlicher Angaben",
            "Ein Verfahren, das Angaben über Personen vor fremden Blicken verbirgt.",
        ),
    ],
    "galaxies": [
        (
            "Dunkle Materie in Zwerggalaxien",
            "Die Rotation der Sterne verrät eine unsichtbare Masse in den Galaxien.",
        ),
        (
            "Lichtkurven ferner Supernovae",
            "Wir messen die Helligkeit explodierender Sterne in fernen Galaxien.",
        ),
        (
            "Rotverschiebung von Quasaren",
            "Die Linien im Spektrum verraten die Entfernung der Quasare.",
        ),
    ],
    "language": [
        (
            "Maschinelle Übersetzung seltener Sprachen",
            "Neuronale Netze übersetzen Sprachen, für die es wenige Texte gibt.",
        ),
        (
            "Wortstellung in den Mundarten",
            "Die Stellung der Verben in süddeutschen Mundarten wird verglichen.",
        ),
        (
            "Spracherkennung bei Kindern",
            "Die Aussprache von Kindern erschwert die Erkennung gesprochener Sprache.",
        ),
    ],
    "climate": [
        (
            "Erwärmung der Nordsee",
            "Messungen zeigen steigende Temperaturen des Wassers seit hundert Jahren.",
        ),
        (
            "Wettervorhersage mit gelernten Modellen",
            "Ein Netz sagt Temperaturen und Niederschläge der nächsten Woche voraus.",
        ),
        (
            "Gletscher der Alpen im Wandel",
            "Das Eis der Gletscher schmilzt, weil die Temperaturen steigen.",
        ),
    ],
}
GERMAN_QUESTIONS = [
    Question("persönliche Angaben in Krankenakten verbergen", "privacy"),
    Question("Schutz von Personen in einer Datenbank", "privacy"),
    Question("unsichtbare Masse ferner Sterne", "galaxies"),
    Question("Entfernung von explodierenden Sternen messen", "galaxies"),
    Question("seltene Sprachen mit Netzen übersetzen", "language"),
    Question("gesprochene Mundarten erkennen", "language"),
    Question("steigende Temperaturen und schmelzendes Eis", "climate"),
    Question("das Wetter der nächsten Woche", "climate"),
]
CHINESE = {
    "privacy": [
        ("差分隐私查询方法", "通过添加噪声保护数据库中的个人信息。"),
        ("医疗记录的匿名化", "在发布之前删除病人的姓名和地址。"),
        ("联邦学习中的隐私保护", "用户的个人数据保留在本地设备上。"),
    ],
    "galaxies": [
        ("矮星系中的暗物质", "恒星的旋转揭示了星系中看不见的质量。"),
        ("遥远超新星的光变曲线", "我们测量遥远星系中爆炸恒星的亮度。"),
        ("类星体的红移", "光谱中的谱线揭示了类星体的距离。"),
    ],
    "language": [
        ("稀有语言的机器翻译", "神经网络翻译缺少语料的语言。"),
        ("方言中的词序", "比较南方方言中动词的位置。"),
        ("儿童语音识别", "儿童的发音使语音识别更加困难。"),
    ],
    "climate": [
        ("北海的变暖", "测量表明一百年来海水温度不断上升。"),
        ("基于学习模型的天气预报", "网络预测下一周的温度和降水。"),
        ("阿尔卑斯山冰川的变化", "由于温度上升冰川正在融化。"),
    ],
}
CHINESE_QUESTIONS = [
    Question("个人 信息 数据 删除", "privacy"),
    Question("病人 姓名 隐私", "privacy"),
    Question("恒星 质量 亮度", "galaxies"),
    Question("测量 类星体 距离", "galaxies"),
    Question("翻译 方言 语料", "language"),
    Question("儿童 语音 网络", "language"),
    Question("冰川 温度 上升", "climate"),
    Question("预测 天气 温度", "climate"),
    Question("预测下一周的天气", "climate"),
]


def papers(texts: dict[str, list[tuple[str, str]]], first: int = 0) -> list[Paper]:
    """Return papers in the categories of their subjects, numbered from `first` on."""
    both = [(subject, *text) for subject, some in texts.items() for text in some]
    return [
        Paper(
            title,
            abstract=abstract,
            identifiers={"arxiv": f"2002.{number:05}"},
            categories=(subject,),
        )
        for number, (subject, title, abstract) in enumerate(both, start=first)
    ]
