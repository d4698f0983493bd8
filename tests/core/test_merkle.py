"""A proof leads from its own content to the root, and from nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.digest import Role, digest
from linli.core.merkle import Tree, proven_root

pytestmark = pytest.mark.req("A2")


def grow(contents) -> Tree:
    return Tree.grow(contents, algorithm="sha256")


def hashed(role: Role, content: bytes) -> str:
    return digest(role, content, algorithm="sha256")


distinct = st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True)


@given(distinct)
def test_every_content_is_proven_by_its_own_path(contents):
    tree = grow(contents)
    for index, content in enumerate(contents):
        assert proven_root(content, tree.proof(index), algorithm="sha256") == tree.root


@given(distinct, st.data())
def test_no_content_is_proven_by_the_path_of_another(contents, data):
    index = data.draw(st.integers(0, len(contents) - 1))
    stranger = data.draw(st.binary(max_size=9).filter(lambda content: content != contents[index]))
    tree = grow(contents)
    assert proven_root(stranger, tree.proof(index), algorithm="sha256") != tree.root


@given(distinct, distinct)
def test_two_lists_share_a_root_only_when_they_are_the_same(one, other):
    assert (grow(one).root == grow(other).root) == (one == other)


@given(distinct)
def test_doubling_the_last_content_changes_the_root(contents):
    assert grow([*contents, contents[-1]]).root != grow(contents).root


def test_a_node_cannot_pass_for_a_content():
    tree = grow([b"a", b"b"])
    node = bytes.fromhex(tree.levels[0][0]) + bytes.fromhex(tree.levels[0][1])
    assert grow([node]).root != tree.root


def test_three_contents_are_joined_as_rfc_6962_joins_them():
    a, b, c = (hashed(Role.LEAF, content) for content in (b"a", b"b", b"c"))
    pair = hashed(Role.NODE, bytes.fromhex(a + b))
    assert grow([b"a", b"b", b"c"]).root == hashed(Role.NODE, bytes.fromhex(pair + c))


@pytest.mark.parametrize(("count", "steps"), [(1, 0), (2, 1), (8, 3), (9, 4)])
def test_the_longest_path_grows_by_one_when_the_contents_double(count, steps):
    tree = grow([bytes([index]) for index in range(count)])
    assert max(len(tree.proof(index)) for index in range(count)) == steps


def test_a_tree_of_nothing_is_refused():
    with pytest.raises(ValueError, match="没有内容"):
        grow([])
