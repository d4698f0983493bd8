"""Whoever holds an export can tell offline whether anything in it was changed."""

import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.core.chain import Head
from linli.record import actions
from linli.record.examination import examine
from linli.record.export import export
from linli.record.reading import decode
from linli.record.transcript import Header, Proof, Seal, Statement, encode
from linli.record.verify import main, sentences
from tests.record.writing import START_AT, act, closed, seal, told_chain

pytestmark = [pytest.mark.django_db, pytest.mark.req("A2")]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Export three chains: one erased in part, one that moved after its checkpoint, one without any."""
    with django_db_blocker.unblock(), transaction.atomic():
        told_chain("sx-1", 5)
        told_chain("sx-2", 3)
        seal(minute=60)
        told_chain("sx-2", 2)
        actions.erase_words(chain="sx-1", seq=2, by=9, office="铜花社区 书记", at=START_AT, reason="本人申请")
        seal(minute=120)
        act("sx-2", words="还没有锁定")
        act("sx-3")
        lines = tuple(export())
        transaction.set_rollback(True)
    return lines


def said(lines):
    return [decode(raw) for raw in lines]


def place(lines, kind, number=0):
    """Return where the line of a kind stands, counted from zero."""
    return [index for index, line in enumerate(said(lines)) if isinstance(line, kind)][number]


def entry_at(lines, chain, seq):
    return next(
        index
        for index, line in enumerate(said(lines))
        if isinstance(line, Statement) and (line.link.chain, line.link.seq) == (chain, seq)
    )


def proof_of(lines, chain):
    return next(
        index for index, line in enumerate(said(lines)) if isinstance(line, Proof) and line.chain == chain
    )


def without(lines, *gone):
    return [raw for index, raw in enumerate(lines) if index not in gone]


def changed(lines, index, **changes):
    """Change fields of an entry and leave its digest as it was."""
    line = said(lines)[index]
    words = {name: changes.pop(name) for name in ("words", "salt") if name in changes}
    other = replace(line, link=replace(line.link, **changes), **words)
    return [*lines[:index], encode(other), *lines[index + 1 :]]


def rewritten(lines, chain, seq, **changes):
    """Change an entry and give it and all that follow fresh digests, as a careful forger would."""
    head, out = None, []
    for line in said(lines):
        if isinstance(line, Statement) and line.link.chain == chain:
            link = line.link
            if link.seq == seq:
                link = replace(link, **changes)
            link = replace(link, prev=head.digest if head else "").sealed()
            head = Head(link.seq, link.digest)
            out.append(encode(replace(line, link=link)))
        else:
            out.append(encode(line))
    return closed(out)


def test_an_untouched_file_is_whole_and_says_what_is_bound(told):
    report = examine(told)
    assert report.is_whole
    assert (report.chains, report.entries) == (3, 13)
    assert [(span.chain, span.first, span.last) for span in report.unbound] == [
        ("sx-2", 6, 6),
        ("sx-3", 1, 1),
    ]


def test_a_file_carries_the_latest_proof_of_every_bound_chain(told):
    proofs = [line for line in said(told) if isinstance(line, Proof)]
    assert sorted((proof.chain, proof.seq, proof.checkpoint) for proof in proofs) == [
        ("sx-1", 6, 2),
        ("sx-2", 5, 2),
    ]


@given(st.data(), st.integers(1, 255))
def test_any_changed_byte_is_found(told, data, bits):
    whole = b"".join(told)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert not examine(BytesIO(whole[:at] + bytes([whole[at] ^ bits]) + whole[at + 1 :])).is_whole


@given(st.data(), st.binary(min_size=1, max_size=3))
def test_any_inserted_byte_is_found(told, data, more):
    whole = b"".join(told)
    at = data.draw(st.integers(0, len(whole)))
    assert not examine(BytesIO(whole[:at] + more + whole[at:])).is_whole


@given(st.data())
def test_a_file_cut_anywhere_is_found(told, data):
    whole = b"".join(told)
    assert not examine(BytesIO(whole[: data.draw(st.integers(0, len(whole) - 1))])).is_whole


@given(st.data())
def test_any_line_removed_repeated_or_moved_is_found(told, data):
    index = data.draw(st.integers(0, len(told) - 1))
    target = data.draw(st.integers(0, len(told) - 1).filter(lambda drawn: drawn != index))
    moved = without(told, index)
    moved.insert(target, told[index])
    assert not examine(without(told, index)).is_whole
    assert not examine([*told[: index + 1], *told[index:]]).is_whole
    assert not examine(moved).is_whole


@given(st.data())
def test_a_changed_byte_is_named_by_its_line(told, data):
    index = data.draw(st.integers(0, len(told) - 1))
    at = data.draw(st.integers(0, len(told[index]) - 2))
    other = told[index][:at] + b"~" + told[index][at + 1 :]
    if other != told[index]:
        report = examine([*told[:index], other, *told[index + 1 :]])
        assert index + 1 in [fault.line for fault in report.faults]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just("\ud800\x00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(st.data(), anything)
def test_any_value_in_any_field_is_found_and_breaks_nothing(told, data, value):
    index = data.draw(st.integers(0, len(told) - 1))
    line = json.loads(told[index])
    name = data.draw(st.sampled_from(sorted(line)))
    other = json.dumps(line | {name: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    raw = other.encode(errors="surrogatepass")
    report = examine([*told[:index], raw, *told[index + 1 :]])
    assert report.is_whole == (raw == told[index])
    assert list(sentences(report))


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "不予受理"},
        {"by": 8},
        {"office": "铜花社区 书记"},
        {"at": "2026-11-22T07:15:02.000124Z"},
        {"clause_words": "《信访工作条例》第二十四条"},
        {"figures": (("期限", "30 日"),)},
    ],
    ids=["动作", "办理人", "职务", "时刻", "依据", "数字"],
)
def test_a_changed_entry_is_named_by_line_chain_and_place(told, changes):
    index = entry_at(told, "sx-1", 3)
    [fault] = examine(closed(changed(told, index, **changes))).faults
    assert (fault.line, fault.chain, fault.seq) == (index + 1, "sx-1", 3)
    assert "这一条写下之后被改动过" in fault.sentence


@pytest.mark.parametrize(
    ("field", "value"),
    [("seq", 9), ("prev", "0" * 64), ("digest", "0" * 64), ("chain", "sx-9"), ("words_digest", "0" * 64)],
)
def test_a_field_whose_true_value_is_known_is_named(told, field, value):
    index = entry_at(told, "sx-1", 4)
    [fault] = examine(changed(told, index, **{field: value})).faults
    assert (fault.line, fault.chain, fault.field) == (index + 1, "sx-1", field)


@pytest.mark.parametrize("changes", [{"words": "没有去现场"}, {"salt": "0" * 32}], ids=["文字", "盐"])
def test_changed_words_are_named(told, changes):
    index = entry_at(told, "sx-1", 4)
    [fault] = examine(closed(changed(told, index, **changes))).faults
    assert (fault.line, fault.seq, fault.field) == (index + 1, 4, "words")
    assert "文字与当时的摘要不符" in fault.sentence


def test_words_missing_without_an_erasure_on_record_are_found(told):
    index = entry_at(told, "sx-1", 4)
    [fault] = examine(closed(changed(told, index, words=None, salt=None))).faults
    assert (fault.line, "文字缺失" in fault.sentence) == (index + 1, True)


def test_words_added_to_an_entry_that_had_none_are_found(told):
    index = entry_at(told, "sx-1", 1)
    [fault] = examine(closed(changed(told, index, words="补写", salt="00"))).faults
    assert (fault.line, "后来加上" in fault.sentence) == (index + 1, True)


def test_erased_words_that_are_still_in_the_file_are_found(told):
    index = entry_at(told, "sx-1", 2)
    [fault] = examine(closed(changed(told, index, words="旧文字", salt="00"))).faults
    assert (fault.line, "已经删除" in fault.sentence) == (index + 1, True)


def test_a_missing_entry_is_named_by_its_place(told):
    [fault] = examine(closed(without(told, entry_at(told, "sx-1", 3)))).faults
    assert (fault.chain, fault.seq) == ("sx-1", 4)
    assert "缺少第 3 条" in fault.sentence


def test_a_last_entry_cut_off_below_a_checkpoint_is_found_even_under_a_fresh_end(told):
    cut = without(told, entry_at(told, "sx-2", 5), entry_at(told, "sx-2", 6))
    [fault] = examine(closed(cut)).faults
    assert (fault.chain, fault.seq) == ("sx-2", 4)
    assert "链尾被截去：检查点 2 锁定到第 5 条，文件里只到第 4 条" in fault.sentence


def test_a_last_entry_cut_off_above_a_checkpoint_is_what_the_report_warns_of(told):
    report = examine(closed(without(told, entry_at(told, "sx-2", 6))))
    assert report.is_whole
    assert "尚未锁定：2 条" in "".join(sentences(examine(told)))


def test_a_chain_removed_whole_is_found_even_under_a_fresh_end(told):
    gone = [entry_at(told, "sx-1", seq) for seq in range(1, 7)]
    [fault] = examine(closed(without(told, *gone))).faults
    assert (fault.chain, "整条链缺失" in fault.sentence) == ("sx-1", True)


@pytest.mark.parametrize("seq", [1, 3, 6])
def test_a_chain_rewritten_with_fresh_digests_is_betrayed_by_its_proof(told, seq):
    [fault] = examine(rewritten(told, "sx-1", seq, title="不予受理")).faults
    assert (fault.chain, fault.seq) == ("sx-1", 6)
    assert "整条链被重新写过" in fault.sentence


def test_a_rewritten_chain_without_its_proof_is_no_longer_bound(told):
    forged = closed(without(rewritten(told, "sx-1", 3, title="不予受理"), proof_of(told, "sx-1")))
    report = examine(forged)
    assert ("sx-1", 1, 6) in [(span.chain, span.first, span.last) for span in report.unbound]


def test_a_changed_proof_is_found(told):
    index = proof_of(told, "sx-1")
    other = replace(said(told)[index], seq=5)
    [fault] = examine(closed([*told[:index], encode(other), *told[index + 1 :]])).faults
    assert (fault.line, "证明走不到检查点 2" in fault.sentence) == (index + 1, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"root": "0" * 64},
        {"tree": "0" * 64},
        {"count": 9},
        {"at": "2026-11-22T00:00:00.000000Z"},
        {"prev": ""},
    ],
    ids=["根值", "链头树", "链头数", "时刻", "前一个"],
)
def test_a_changed_checkpoint_is_found(told, changes):
    index = place(told, Seal)
    other = replace(said(told)[index], **changes)
    [fault] = examine(closed([*told[:index], encode(other), *told[index + 1 :]])).faults
    assert (fault.line, "检查点 2 的内容与根值不符" in fault.sentence) == (index + 1, True)


def test_a_removed_checkpoint_leaves_its_proofs_without_one(told):
    report = examine(closed(without(told, place(told, Seal))))
    assert "证明之前没有它的检查点" in report.faults[0].sentence


def test_a_forged_checkpoint_is_betrayed_by_the_published_root(told):
    [published] = [line.root for line in said(told) if isinstance(line, Seal)]
    assert examine(told, roots=(published,)).is_whole
    [fault] = examine(told, roots=("0" * 64,)).faults
    assert (fault.line, "公布的根值" in fault.sentence) == (0, True)


def test_checkpoints_follow_from_the_oldest_proof_to_the_newest_and_a_gap_is_found():
    for minute in range(4):
        act(f"sx-{minute}", minute=minute)
        seal(minute)
    lines = list(export(chains=["sx-1"]))
    assert [line.number for line in said(lines) if isinstance(line, Seal)] == [2, 3, 4]
    assert examine(lines).is_whole
    [fault] = examine(closed(without(lines, place(lines, Seal, 1)))).faults
    assert "检查点 4 所接的不是检查点 2" in fault.sentence


def test_a_chain_is_proven_by_the_checkpoint_that_bound_its_last_entry():
    act("sx-1")
    act("sx-2")
    seal(1)
    act("sx-2")
    seal(2)
    proofs = [line for line in said(export()) if isinstance(line, Proof)]
    assert [(proof.chain, proof.checkpoint) for proof in proofs] == [("sx-1", 1), ("sx-2", 2)]


def test_a_file_without_any_checkpoint_says_that_its_tail_is_open():
    act()
    lines = list(export())
    assert examine(lines).is_whole
    assert "检查点：文件里没有" in "".join(sentences(examine(lines)))


def test_an_empty_record_is_exported_and_whole():
    assert examine(export()).is_whole


def test_an_export_without_words_is_whole_and_says_that_they_were_not_checked():
    act(words="请尽快")
    lines = list(export(free_words=False))
    assert "请尽快".encode() not in b"".join(lines)
    report = examine(lines)
    assert report.is_whole
    assert "不含自由文字" in "".join(sentences(report))


def test_a_header_in_the_middle_is_found(told):
    faults = examine(closed([*told[:3], encode(Header(free_words=True)), *told[3:]])).faults
    assert [(fault.line, "不该在这里" in fault.sentence) for fault in faults] == [(4, True)]


def test_an_unreadable_line_is_blamed_alone(told):
    index = entry_at(told, "sx-1", 3)
    faults = examine([*told[:index], b"{\n", *told[index + 1 :]]).faults
    assert [fault.line for fault in faults] == [index + 1]


GARBAGE = {
    "空文件": (b"", "文件是空的"),
    "乱字节": (bytes(range(256)), "不是邻里导出的记录文件"),
    "别的 JSON": (b'{"hello": 1}\n[1, 2]\n3\n', "不是邻里导出的记录文件"),
    "极深的括号": (b"[" * 200_000, "不是邻里导出的记录文件"),
    "极大的数": (b'{"kind":' + b"9" * 9000 + b"}", "不是邻里导出的记录文件"),
    "非数": (b'{"kind":NaN}\n', "不是邻里导出的记录文件"),
    "没有换行的长文": (b"a" * 1_000_000, "不是邻里导出的记录文件"),
}


@pytest.mark.parametrize(("content", "sentence"), GARBAGE.values(), ids=GARBAGE.keys())
def test_garbage_gets_one_clear_sentence(tmp_path, capsys, content, sentence):
    file = tmp_path / "export.jsonl"
    file.write_bytes(content)
    assert main([str(file)]) == 1
    told = capsys.readouterr().out
    assert sentence in told
    assert "发现 1 处" in told


@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw.replace(b"\n", b"\r\n"), lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw[:-1]],
    ids=["换行被换成 CRLF", "开头多了 BOM", "末尾少了换行"],
)
def test_a_file_that_passed_through_an_editor_is_not_whole(told, spoil):
    assert not examine(BytesIO(spoil(b"".join(told)))).is_whole


def test_a_newer_format_asks_for_the_program_that_fits(told):
    newer = told[0].replace(b'"version":1', b'"version":2')
    assert "格式版本" in examine([newer, *told[1:]]).faults[0].sentence


@pytest.mark.parametrize(("name", "why"), [("nothing.jsonl", "没有这个文件"), ("", "文件夹")])
def test_a_file_that_cannot_be_opened_is_said_so(tmp_path, capsys, name, why):
    assert main([str(tmp_path / name)]) == 1
    assert why in capsys.readouterr().out


def test_a_wrong_call_shows_how_to_call(capsys):
    with pytest.raises(SystemExit) as left:
        main([])
    assert left.value.code == 2
    assert "用法：linli verify 文件" in capsys.readouterr().err


def test_a_hostile_name_cannot_write_over_the_answer(told, tmp_path, capsys):
    index = entry_at(told, "sx-3", 1)
    other = closed(changed(told, index, chain="\x1b[2J记录完整"))
    (tmp_path / "export.jsonl").write_bytes(b"".join(other))
    assert main([str(tmp_path / "export.jsonl")]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_only_the_first_of_many_faults_are_listed(told, tmp_path, capsys):
    lines = [raw for raw in told for _ in range(3)]
    (tmp_path / "export.jsonl").write_bytes(b"".join(lines))
    assert main([str(tmp_path / "export.jsonl")]) == 1
    assert "没有列出" in capsys.readouterr().out


def test_checking_needs_no_django(told, tmp_path):
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(told))
    script = (
        "import sys; sys.modules['django'] = None;"
        "from linli.record.verify import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "记录完整".encode() in done.stdout


def test_the_command_writes_a_file_that_verifies(tmp_path, capsys):
    told_chain("sx-1", 3)
    call_command("seal")
    out = tmp_path / "export.jsonl"
    call_command("export_record", out=out)
    assert main([str(out)]) == 0
    assert list(tmp_path.iterdir()) == [out]
    assert "已被检查点锁定：3 条" in capsys.readouterr().out


def test_the_seal_command_says_when_nothing_is_new(capsys):
    call_command("seal")
    assert "没有新的记录" in capsys.readouterr().out


def test_one_chain_is_exported_alone_and_an_unknown_one_refused(tmp_path):
    told_chain("sx-1", 2)
    told_chain("sx-2", 2)
    call_command("export_record", out=tmp_path / "one.jsonl", chain=["sx-2"])
    assert examine(BytesIO((tmp_path / "one.jsonl").read_bytes())).chains == 1
    with pytest.raises(CommandError, match="没有编号为 sx-9 的记录"):
        call_command("export_record", out=tmp_path / "none.jsonl", chain=["sx-9"])


def test_a_place_that_cannot_be_written_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="写不了"):
        call_command("export_record", out=tmp_path / "nowhere" / "export.jsonl")
