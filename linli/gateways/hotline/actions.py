"""Taking a sheet in, once for each number; a second one with other words adds to the first (接收转办)."""

from django.db import transaction

from linli.cases.actions.reporting import Report
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.gateways import taking_in
from linli.gateways.choices import Facet
from linli.gateways.hotline import matching
from linli.gateways.hotline.matching import Matched
from linli.gateways.hotline.sheet import Sheet
from linli.gateways.models import Handover
from linli.gateways.systems.caller import Caller
from linli.gateways.taking_in import Taken
from linli.matters import letters
from linli.matters import queries as matters
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.rulebook import queries as rulebook


@transaction.atomic
def receive(sheet: Sheet, *, caller: Caller) -> Taken:
    """Open a matter from a sheet, or add what is new to the one opened before (接收、更正)."""
    known = taking_in.known_as(sheet.ref, system=caller.system)
    if known:
        return _again(sheet, known, caller=caller)
    edition = rulebook.current(caller.system.pack)
    words = {Facet.CATEGORY: sheet.category, Facet.ORDER: sheet.urgency, Facet.PLACE: sheet.area}
    matched = matching.match(words, system=caller.system, edition=edition, at=caller.at)
    told = _told(sheet, matched, edition=edition, caller=caller)
    taken = taking_in.take_in(told, ref=sheet.ref, caller=caller)
    if not taken.is_new:
        # Somebody handed the same one over while this was written, or it was imported before.
        return _again(sheet, taken.handover, caller=caller)
    _tell_dispatcher(taken, _hints(sheet, matched, edition=edition), caller=caller)
    return taken


def _again(sheet: Sheet, known: Handover, *, caller: Caller) -> Taken:
    if sheet.is_secret and not known.recalled_at:
        taking_in.keep_secret(known, caller=caller)
    digest = taking_in.digest_of(_bare(sheet))
    if digest == known.digest:
        return Taken(known, is_new=False)
    if known.recalled_at:
        raise Refused(Refusal("这张工单已经撤回。", asked="更正", remedy="要再办，请用新的编号转来。"))
    taking_in.add_words(known, f"对方更正：{sheet.words}", caller=caller)
    taking_in.remember(known, digest=digest)
    return Taken(known, is_new=False)


def _bare(sheet: Sheet) -> Report:
    return Report(
        subject="concern", spots=(), words=sheet.words, channel="", title=sheet.title,
        place_words=sheet.place_words,
    )  # fmt: skip


def _told(sheet: Sheet, matched: Matched, *, edition: Edition, caller: Caller) -> Report:
    is_unknown = any(facet is Facet.CATEGORY for facet, _ in matched.unknown)
    key = matched.found.get(Facet.PLACE, "")
    return Report(
        subject="concern",
        spots=places.chain_of(key) if key else places.chain(caller.path),
        words=sheet.words,
        channel=caller.system.way,
        title=sheet.title,
        concern_kind=sheet.concern_kind,
        category=matched.found.get(Facet.CATEGORY, edition.fallback.key if is_unknown else ""),
        order=matched.found.get(Facet.ORDER, ""),
        contact_name=sheet.contact_name,
        contact_phone=sheet.contact_phone,
        place_words=sheet.place_words,
        due_by=sheet.due_by,
        is_secret=sheet.is_secret,
    )


def _hints(sheet: Sheet, matched: Matched, *, edition: Edition) -> tuple[str, ...]:
    """Say what a dispatcher must look at again (请核对)."""
    instead = {
        Facet.CATEGORY: f"先归到「{edition.fallback.title}」",
        Facet.ORDER: "先按本地的单别",
        Facet.PLACE: "先放在整个范围",
    }
    hints = [f"对方{facet.label}「{word}」没有对照，{instead[facet]}。" for facet, word in matched.unknown]
    return (*hints, "对方要求保密，不公开。") if sheet.is_secret else tuple(hints)


def _tell_dispatcher(taken: Taken, hints: tuple[str, ...], *, caller: Caller) -> None:
    if not hints:
        return
    words = "".join(hints)
    taking_in.add_words(taken.handover, words, caller=caller)
    lines = matters.waitings(taken.matter)
    readers = {one for line in lines for one in matters.people_of(line, on=day_of(caller.at))}
    letters.asked(taken.matter, readers=readers, asked="请核对分类和地点。", words=words, at=caller.at)
