"""What a public list may show of a person (脱敏)."""

import re
from collections.abc import Callable, Iterable, Sequence

_HAN = r"[\u4e00-\u9fff]"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍"
    "华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景卜冼"
)
_COMPOUND_SURNAMES = "欧阳|上官|司马|司徒|诸葛|东方|皇甫|慕容|令狐|尉迟|夏侯|端木|公孙|长孙|宇文"
_NAME = rf"(?:(?:{_COMPOUND_SURNAMES})|[{_SURNAMES}]){_HAN}{{1,2}}"
_INTRODUCTIONS = "我叫|本人叫|名叫"
_ADDRESSES = "先生|女士|小姐|师傅|老师|同志|阿姨|大妈|大爷|大叔|大娘|奶奶|爷爷|叔叔|婆婆"
_LABELS = "姓名|联系人|申请人|投诉人|反映人|举报人|来电人|当事人|户主|业主|房主|租户|家属|监护人"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_MOBILE_DIGITS = 11
_NUMERALS = "零〇一二三四五六七八九十百两"


def mask_name(name: str) -> str:
    """Leave the first and the last character of a name (王*婷), of two only the first (王*)."""
    return mask_number(name, head=1, tail=0 if len(name) == 2 else 1)


def mask_number(number: str, *, head: int, tail: int) -> str:
    """Leave so many characters at the head and at the tail; a number too short for that is hidden whole."""
    hidden = len(number) - head - tail
    if hidden < 1:
        return "*" * len(number)
    return number[:head] + "*" * hidden + number[head + hidden :]


def mask_phone(number: str) -> str:
    """Hide the middle of a telephone number: 138****1234, however a mobile is written; 0518-****1234."""
    digits = "".join(sign for sign in number if sign.isdecimal())
    if len(digits) == _MOBILE_DIGITS and digits.startswith("1"):
        return mask_number(digits, head=3, tail=4)
    area, dash, line = number.rpartition("-")
    return area + dash + mask_number(line, head=0 if dash else 3, tail=4)


def mask_identity(number: str) -> str:
    """Hide the birthday and the district in an identity number: 320***********1234."""
    return mask_number(number, head=3, tail=4)


def mask_bank_card(number: str) -> str:
    """Leave the last four digits of a bank card: ***************1234."""
    return mask_number(number, head=0, tail=4)


def mask_plate(plate: str) -> str:
    """Leave the issuing office and the last two characters of a number plate: 苏G***45."""
    return mask_number(plate, head=2, tail=2)


def mask_text(text: str, *, names: Iterable[str] = ()) -> str:
    """Mask in free text what points to a person: known and addressed names, numbers, flats (公开文本脱敏).

    A name that is neither given nor labelled nor addressed is not recognised: pass those of the matter.
    """
    for name in sorted(names, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, mask_name(name))
    for pattern, mask in _PATTERNS:
        text = pattern.sub(mask, text)
    return text


def suppress_small_cells(counts: Sequence[int], *, least: int) -> tuple[int | None, ...]:
    """Hide the counts under ``least`` in a row whose total is known; None is a hidden count (小数隐去).

    Further counts are hidden, smallest first, until the total no longer gives the hidden ones away.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= least)
    while hidden and others and (len(hidden) == 1 or sum(counts[place] for place in hidden) < least):
        hidden.add(others.pop(0)[1])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _email(found: re.Match[str]) -> str:
    return f"{found[0][0]}***{found[0][found[0].rindex('@') :]}"


def _digits_of(mask: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    return lambda found: mask(re.sub(r"[ -]", "", found[0]))


def _whole(mask: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    return lambda found: mask(found[0])


def _room_of(found: re.Match[str]) -> str:
    flat, dash, room = found[0].rpartition("-")
    return flat + dash + "*" * len(room)


def _labelled_name(found: re.Match[str]) -> str:
    return found[1] + mask_name(found[2])


def _stars(found: re.Match[str]) -> str:
    return re.sub(r"\S", "*", found[0])


# In this order: a long number must be gone before a short one is looked for inside it.
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), _email),
    (re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])"), _whole(mask_identity)),
    (
        re.compile(r"(?<![0-9])[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?(?![0-9])"),
        _digits_of(mask_bank_card),
    ),
    (re.compile(r"(?<![0-9])[0-9]{15,19}(?![0-9])"), _whole(mask_bank_card)),
    (re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])"), _digits_of(mask_phone)),
    (re.compile(r"(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])"), _whole(mask_phone)),
    (re.compile(rf"[{_PROVINCES}][A-Z][·•]?[A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳]"), _whole(mask_plate)),
    (re.compile(r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])"), _room_of),
    (re.compile(r"(?<=[栋幢座楼])\s?[0-9]{3,4}(?![0-9年月日米元平层楼栋个人户%])"), _stars),
    (re.compile(r"(?<=单元)\s?[0-9]{3,4}(?![0-9年月日米元平层楼栋个人%])"), _stars),
    (re.compile(rf"(?<![0-9])(?:[0-9]{{2,5}}|[{_NUMERALS}]{{2,6}})(?=室|号房|房间)"), _stars),
    (re.compile(rf"((?:{_LABELS})[：:]\s?)({_NAME})"), _labelled_name),
    (re.compile(rf"((?:{_INTRODUCTIONS})\s?)({_NAME})"), _labelled_name),
    (re.compile(rf"{_NAME}(?={_ADDRESSES})"), _whole(mask_name)),
)
