"""One message out through a carrier; the library is loaded only where messages leave (发送)."""

from urllib.parse import quote, urlsplit

from linli.core.verdict import Verdict, all_of, no, yes
from linli.frame.leaving import NotSent
from linli.gateways.choices import Carried
from linli.gateways.hooks.guard import may_call

PHONE = "{phone}"
# Which addresses of the library belong to which way; the last two reach a place's own gateway.
_OWN = ("jsons", "forms")
_SCHEMES = {
    Carried.DINGTALK: ("dingtalk",),
    Carried.FEISHU: ("feishu", "lark"),
    Carried.WECOM: ("wecombot",),
    Carried.SMS: ("twilio", "sinch", "clicksend", "vonage", "plivo", *_OWN),
}


def may_carry(kind: Carried, url: str) -> Verdict:
    """Answer whether an address can serve as a carrier of a kind (通道地址)."""
    schemes = _SCHEMES[kind]
    remedy = f"{kind.label}的地址以 {'、'.join(f'{one}://' for one in schemes)} 开头，见运维说明。"
    try:
        scheme = urlsplit(url.strip()).scheme
    except ValueError:
        return no("这不是一个通道地址。", asked="消息通道", remedy=remedy)
    if scheme not in schemes:
        return no(f"这不是{kind.label}的通道地址。", asked="消息通道", remedy=remedy)
    if kind is Carried.SMS and PHONE not in url:
        return no("短信的地址里没有写收信号码的位置。", asked="消息通道", remedy=f"在号码的位置写 {PHONE}。")
    if scheme in _OWN:
        return all_of(yes(), may_call(url.strip().replace(f"{scheme}://", "https://", 1).replace(PHONE, "0")))
    return yes()


def carry(url: str, text: str, *, phone: str = "") -> None:
    """Send a text; raises ``NotSent`` when the other side did not take it (发送)."""
    # Half a hundred megabytes of plugins have no business in the web process.
    import apprise  # noqa: PLC0415

    carrier = apprise.Apprise()
    if not carrier.add(url.replace(PHONE, quote(phone))):
        raise NotSent("通道地址不对")
    if not carrier.notify(body=text):
        raise NotSent("对方没有接收")
