"""Where a system wants to be told (回调表单)."""

from django import forms


class HookForm(forms.Form):
    """An address of the other side (回调网址)."""

    url = forms.CharField(
        label="对方的网址",
        help_text="以 https 开头。发生了什么，每分钟送一次，带签名。",
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "还没有写网址。", "max_length": "网址最多 %(limit_value)d 个字符。"},
    )
