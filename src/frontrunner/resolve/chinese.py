"""What of a piece of Chinese text is the name of a product, and what only describes, counts or says who makes it."""

import re

#: how a thing is made up or given: at the ends of a name, never one itself
_FORM = (
    r"注射[液剂用]|[治外][疗用]?用|口服液?|吸入|鼻用|眼用|阴道用|软?胶囊|片剂?|颗粒剂?|凝胶剂?|栓剂?|贴剂?|喷雾剂|粉雾剂"
    r"|混悬剂|溶液用?|粉末|冻干粉?|制剂|缓释|控释|肠溶|分散|咀嚼|泡腾|口腔崩解|薄膜衣|包膜|微丸|细胞|治疗|疗法|结合|裂解|灭活|[单双二三四]价"
)
_FORM_BEFORE = re.compile(rf"\A(?:自体|重组|人源化|{_FORM})+")
_FORM_BEHIND = re.compile(rf"(?:{_FORM})+\Z")
#: what says which kind of name stands beside it
LABEL = re.compile(r"(?:药品)?(?:通用|商品|英文|化学|拉丁|中文)名称?|汉语拼音|英文|曾用[名命]|代号|编号|生产商|商标")
_STRENGTH = re.compile(r"\d[\d./]*\s?(?:mg|ug|μg|g|ml|iu|ku|毫克|微克|毫升|微升|单位|万|粒|瓶)", re.I)
#: who makes it and how it is tried
_SAYS = re.compile(
    r"公司|药厂|生产|研制|提供|委托|仿制|规格|剂量|配比|碱基|试验|对照|安慰剂|模拟|空腹|餐后|阶段|受试|每[日次天]|暂无|不含|[型组]\Z"
)
#: what many makers' products are called alike: antibodies and vaccines by their target, what they are made of or in
_DESCRIBES = re.compile(
    r"抗体|融合蛋白|抗.*单抗|抗(?:人|[a-z0-9])|嵌合|抗原|受体|病毒|球菌|杆菌|酵母|疫苗|基因|因子|免疫球蛋白|白蛋白|促红素"
    r"|靶向|淋巴",
    re.I,
)
#: what is left of a description
_CLASSES = frozenset({"单抗", "脂肪乳", "氨基酸", "电解质", "葡萄糖"})
#: a character
HAN = re.compile(r"[㐀-鿿豈-﫿]")


def proper(piece: str, *, beside_code: bool) -> str | None:
    """The name that a piece gives one product, without strength and form; None where it gives none.

    Beside a code only what is written in Chinese counts: `BIBW 2992 阿法替尼片` is `阿法替尼`.
    """
    if _SAYS.search(piece) or _DESCRIBES.search(piece):
        return None
    told = _STRENGTH.sub("", piece)
    told = "".join(HAN.findall(told)) if beside_code else told
    bare = _FORM_BEHIND.sub("", _FORM_BEFORE.sub("", told.strip())).strip()
    return bare if bare not in _CLASSES and len(HAN.findall(bare)) > 1 and len(bare) <= 20 else None
