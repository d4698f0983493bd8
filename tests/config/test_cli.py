import subprocess
import sys

PROGRAM = """
import sys
from linli.config.cli import main
sys.argv = ["linli", "verify", {file!r}]
try:
    main()
finally:
    print([name for name in sys.modules if name == "django" or name.startswith("django.")])
"""


def test_an_export_is_verified_without_the_framework(tmp_path) -> None:
    export = tmp_path / "export.jsonl"
    export.write_text("", encoding="utf-8")
    program = PROGRAM.format(file=str(export))
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_every_other_word_is_a_management_command() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "linli.config.cli", "check"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
