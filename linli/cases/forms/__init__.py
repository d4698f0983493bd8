"""What people fill in to do an act: one form for each (动作表单)."""

from linli.cases.forms.acting import ActForm, WithPhotos
from linli.cases.forms.dispatching import DispatchForm, ReturnForm
from linli.cases.forms.merging import MergeForm
from linli.cases.forms.replying import ReplyForm
from linli.cases.forms.showing import PublishForm
from linli.cases.forms.sorting import ReclassifyForm
from linli.cases.forms.summoning import RateDepartmentForm, RateForm, SummonForm
from linli.cases.forms.timing import ExtensionForm, PauseForm, RegradeForm

__all__ = ["ActForm", "form_of"]

FORMS: dict[str, type[ActForm]] = {
    "dispatch": DispatchForm,
    "return_order": ReturnForm,
    "finish": ReplyForm,
    "solve": ReplyForm,
    "add_words": WithPhotos,
    "answer": WithPhotos,
    "pause": PauseForm,
    "ask_extension": ExtensionForm,
    "regrade": RegradeForm,
    "reclassify": ReclassifyForm,
    "summon": SummonForm,
    "rate": RateForm,
    "rate_department": RateDepartmentForm,
    "rate_summoner": RateForm,
    "publish": PublishForm,
    "merge": MergeForm,
}


def form_of(act: str) -> type[ActForm]:
    """Return the form of an act; most need no more than words."""
    return FORMS.get(act, ActForm)
