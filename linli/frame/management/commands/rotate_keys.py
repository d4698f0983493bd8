"""Change the keys of the encrypted fields (换密钥)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linli.frame import keyring, rotating
from linli.frame.ciphers import CIPHERS


class Command(BaseCommand):
    """Encrypt everything anew under a new key; stopped in the middle, the next run goes on."""

    help = "换一把新的字段密钥，把已加密的内容逐批换到新密钥下；中断后再运行会接着做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retire", action="store_true", help="删掉已经没有内容在用的旧密钥")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retire"]:
            self._retire()
            return
        # A rotation that was stopped still has its new key: it goes on, and makes no further one.
        if not rotating.remaining():
            keyring.add()
        for turned in rotating.rotate():
            self.stdout.write(f"{turned.table}：换了 {turned.rows} 行。")
            if turned.locked:
                self.stderr.write(f"{turned.table}：有 {turned.locked} 行解不开，保持原样。")
        left = rotating.remaining()
        if left:
            self.stdout.write(f"还有 {left} 行没有换完，请再运行一次。")
            return
        self.stdout.write(
            "全部内容已在新密钥下。旧密钥还留着，旧备份要靠它才能恢复；"
            "旧备份都不需要了，再运行 linli rotate-keys --retire。"
        )

    def _retire(self) -> None:
        left = rotating.remaining()
        if left:
            raise CommandError(f"还有 {left} 行在旧密钥下，没有删。请先运行 linli rotate-keys。")
        kept = keyring.retire().newest.name
        ciphers = "、".join(cipher.title for cipher in CIPHERS.values())
        self.stdout.write(f"旧密钥已删除，现在只剩密钥 {kept}（可用于 {ciphers}）。")
