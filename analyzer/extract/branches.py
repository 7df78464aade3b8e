"""Conditionals: the branches that a value or a statement may take.

What comes in: nodes of any language. What goes out: Choices, and which branch a node is. Node types of the languages do not clash: JavaScript
calls its expression `ternary_expression`, Python `conditional_expression`, Rust `if_expression`. This module does not evaluate anything.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.choices import MOST, Choice
from analyzer.extract.texts import folded, text_of

_COMMENTS = frozenset({"comment", "line_comment", "block_comment"})
_NEGATIONS = frozenset({"unary_expression", "not_operator"})
_CASES = frozenset({"switch_case", "switch_default", "match_arm", "case_clause"})
# Statements behind which a function does not go on; those behind which a switch does not fall through.
_LEAVES = frozenset({"return_statement", "throw_statement", "raise_statement", "return_expression"})
_BREAKS = _LEAVES | {"break_statement", "continue_statement"}
_ABORTS = frozenset({"panic", "unreachable", "todo", "unimplemented", "bail"})
_BLOCKS = frozenset({"statement_block", "block", "else_clause", "elif_clause", "expression_statement", "switch_case", "switch_default"})  # fmt: skip
# What runs its block whenever it is reached.
_AROUND = frozenset({"program", "with_statement", "unsafe_block"})
_CONDITIONALS = frozenset(
    {"if_statement", "if_expression", "elif_clause", "else_clause", "switch_body", "case_clause", "match_arm"}
)
_LONGEST = 200


class Fork(Struct, frozen=True):
    """A conditional. `branches` are in the order of the choice; None is what a conditional without `else` does otherwise."""

    choice: Choice
    branches: tuple[Node | None, ...]


def value_fork(node: Node) -> Fork | None:
    """The values an expression may have; None where it is no conditional, or has no value where nothing holds."""
    match node.type:
        case "ternary_expression" | "if_expression":
            found = [node.child_by_field_name(field) for field in ("condition", "consequence", "alternative")]
            return _two(node, found[0], found[1], found[2])
        case "conditional_expression":
            inner = _children(node)
            return _two(node, inner[1], inner[0], inner[2]) if len(inner) == 3 else None
        case "match_expression":
            body = node.child_by_field_name("body")
            arms = [child for child in body.named_children if child.type == "match_arm"] if body is not None else []
            values = tuple(value for arm in arms if (value := arm.child_by_field_name("value")) is not None)
            return _fork(node, None, values)
        case _:
            return None


def _two(node: Node, condition: Node | None, first: Node | None, second: Node | None) -> Fork | None:
    if first is None or second is None:
        return None
    return _fork(node, condition, (first, second))


def _fork(node: Node, condition: Node | None, branches: tuple[Node | None, ...]) -> Fork | None:
    """Branches behind which the function goes on: of those that leave it nothing is seen further down."""
    if len(branches) > MOST:
        return None
    staying = tuple(one for one in branches if one is None or not leaves(one))
    if len(staying) != 2 or len(branches) != 2:
        return Fork(Choice(_place(node), len(staying), optional=None in staying), staying) if staying else None
    key, flipped = _condition(node, condition)
    return Fork(Choice(key, 2, optional=None in staying), (staying[1], staying[0]) if flipped else staying)


def decided(node: Node) -> dict[str, int]:
    """What the branches around a place say of their own choices."""
    found: dict[str, int] = {}
    while node.parent is not None:
        around = branch(node)
        if around is not None and around[1].count > 1:
            found.setdefault(around[1].key, around[2])
        node = node.parent
    return found


def branch(node: Node) -> tuple[Node, Choice, int] | None:
    """The conditional that a node is a branch of, its choice, and which branch the node is."""
    outer = node.parent
    fork = (_statement_fork(outer) or value_fork(outer)) if outer is not None else None
    if outer is None or fork is None or node not in fork.branches:
        return None
    return outer, fork.choice, fork.branches.index(node)


def _statement_fork(node: Node) -> Fork | None:
    match node.type:
        case "if_statement" | "if_expression":
            others = node.children_by_field_name("alternative")
            open_ = not others or others[-1].type != "else_clause"
            first = node.child_by_field_name("consequence")
            found = (first, *others, *((None,) if open_ else ()))
            return _fork(node, node.child_by_field_name("condition"), found) if first is not None else None
        case "switch_body" | "match_block":
            return _cases(node)
        case "block" if node.parent is not None and node.parent.type == "match_statement":
            return _cases(node)
        case _:
            return None


def _cases(node: Node) -> Fork | None:
    """The cases of a switch or match; None where one falls through to the next after it did something."""
    cases = [child for child in node.named_children if child.type in _CASES]
    if len(cases) > MOST:
        return None
    is_switch = node.type == "switch_body"
    if is_switch:
        cases = [case for case in cases if case.child_by_field_name("body") is not None]
        if any(not _ends(case, _BREAKS) for case in cases[:-1]):
            return None
    closed = any(child.type == "switch_default" for child in cases) or node.type == "match_block"
    return _fork(node, None, (*cases, *(() if closed else (None,)))) if cases else None


def leaves(node: Node) -> bool:
    """Whether nothing behind a branch runs once the branch has."""
    return _ends(node, _LEAVES)


def is_left(node: Node, at: int) -> bool:
    """Whether a branch around a node leaves the function, and a byte lies behind that branch."""
    outer = node.parent
    while outer is not None and not outer.start_byte <= at < outer.end_byte:
        if outer.parent is not None and outer.parent.type in _CONDITIONALS and outer.type in _BLOCKS and leaves(outer):
            return True
        outer = outer.parent
    return False


def _ends(node: Node, kinds: frozenset[str]) -> bool:
    while node.type in _BLOCKS:
        inner = _children(node)
        if not inner:
            return False
        node = inner[-1]
    macro = node.child_by_field_name("macro") if node.type == "macro_invocation" else None
    return node.type in kinds or (macro is not None and text_of(macro).rpartition("::")[2] in _ABORTS)


def is_passed(node: Node) -> bool:
    """Whether a block is run whenever what is around it is: the body of an `else`, a block of its own."""
    outer = node.parent
    return node.type in ("block", "statement_block") and outer is not None and outer.type in _BLOCKS | _CASES | _AROUND


def _condition(node: Node, condition: Node | None) -> tuple[str, bool]:
    """What is asked, and whether the answer is turned round; the place where the question is long."""
    flipped = False
    while condition is not None:
        inner = _children(condition)
        if condition.type in _NEGATIONS and condition.children[0].type in ("!", "not") and inner:
            flipped, condition = not flipped, inner[0]
        elif condition.type == "parenthesized_expression" and len(inner) == 1:
            condition = inner[0]
        else:
            break
    if condition is None or condition.end_byte - condition.start_byte > _LONGEST:
        return _place(node), False
    return folded(condition), flipped


def _place(node: Node) -> str:
    return f"{node.start_byte}:{node.end_byte}"


def _children(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type not in _COMMENTS]
