"""The form of an act whose words reach whoever reported it: they are looked at before they leave (答复)."""

from dataclasses import replace

from django import forms

from linli.cases import queries
from linli.cases.actions.stepping import Said
from linli.cases.forms.acting import WithPhotos
from linli.core import reply
from linli.core.reply import Doubt


class ReplyForm(WithPhotos):
    """Say how it ended; what looks doubtful is shown once, and a person decides (答复检查)."""

    found: tuple[Doubt, ...] = ()

    def clean(self) -> None:
        """Ask to look again at a reply that does not answer, or tells about people."""
        super().clean()
        matter, case = self.desk.matter, self.desk.case
        words = self.cleaned_data.get("words", "")
        asked = f"{matter.title}。{case.words}"
        self.found = reply.doubts(words, asked=asked, names=queries.names_in(case, matter)) if words else ()
        if not self.found:
            return
        self.fields["sure"] = forms.BooleanField(label="我看过了，就这样答复", required=False)
        if not self.data.get("sure"):
            self.add_error("words", [one.sentence for one in self.found])

    @property
    def said(self) -> Said:
        """Return what was said, and that somebody looked at it again."""
        said = super().said
        seen = (("答复检查", f"看过 {len(self.found)} 处提醒，仍这样答复"),) if self.found else ()
        return replace(said, noted=(*said.noted, *seen))
