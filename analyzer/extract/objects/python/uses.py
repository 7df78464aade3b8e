"""What becomes of a call's result, which calls may matter, and what is asked for its truth.

What comes in: nodes of tree-sitter-python. What goes out: Uses and Values. Source: the Python language reference and the documentation of `asyncio`. This
module does not know any library beyond names of the standard one and of logs.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import folded, text_of
from analyzer.facts.value import ListValue, LiteralValue, ObjectValue, UnknownValue, Use, Value

# Functions that only tell, measure or convert: what they are given flows nowhere.
_QUIET = frozenset({
    "print", "len", "isinstance", "issubclass", "hasattr", "str", "int", "float", "bool", "repr", "range", "round", "abs", "min", "max", "sum", "hash",
    "id", "type", "ord", "chr", "callable", "super", "property", "open", "input", "format", "divmod", "pow", "vars", "dir", "breakpoint",
    "HTTPException", "ValueError", "TypeError", "KeyError", "RuntimeError", "Exception", "NotImplementedError", "TypeVar", "timedelta",
})  # fmt: skip
_ROOTS = frozenset({
    "logger", "logging", "log", "LOGGER", "LOG", "_logger", "os", "sys", "re", "json", "time", "datetime", "math", "random", "uuid", "pytest", "warnings",
    "traceback", "secrets", "hashlib", "hmac", "base64", "shutil", "struct", "string", "textwrap", "argparse", "subprocess", "socket", "logfire", "np",
})  # fmt: skip
# Methods of strings, numbers, times and lists that no library of documents has.
_WORDS = frozenset({
    "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "split", "rsplit", "splitlines", "join", "startswith", "endswith", "encode",
    "decode", "isdigit", "isoformat", "strftime", "strptime", "timestamp", "total_seconds", "hexdigest", "append", "extend", "format", "zfill",
    "assertEqual", "assertTrue", "assertFalse", "assertIn", "assertIsNone", "assertIsNotNone", "add_argument", "raise_for_status", "getLogger",
})  # fmt: skip
_WAITS = frozenset(
    {
        "gather",
        "wait_for",
        "wait",
        "create_task",
        "ensure_future",
        "shield",
        "run",
        "run_until_complete",
        "as_completed",
    }
)
_GOES_THROUGH = frozenset(
    {
        "list",
        "tuple",
        "set",
        "sorted",
        "frozenset",
        "dict",
        "sum",
        "min",
        "max",
        "any",
        "all",
        "next",
        "enumerate",
        "iter",
    }
)
_ENDS: dict[str, Use] = {
    "expression_statement": "dropped",
    "return_statement": "returned",
    "yield": "returned",
    "list_splat": "iterated",
    "not_operator": "tested",
    "assert_statement": "tested",
    "if_statement": "tested",
    "elif_clause": "tested",
    "while_statement": "tested",
    "if_clause": "tested",
    "for_statement": "iterated",
    "for_in_clause": "iterated",
    "assignment": "kept",
    "named_expression": "kept",
    "with_item": "kept",
    "as_pattern": "kept",
}
_LISTS = frozenset({"list", "tuple", "sorted"})
_NAMED = frozenset({"identifier", "attribute", "subscript"})


def is_told(call: Node) -> bool:
    callee, parent = call.child_by_field_name("function"), call.parent
    if callee is None or (parent is not None and parent.type == "raise_statement"):
        return False
    if callee.type == "identifier":
        return text_of(callee) not in _QUIET
    name, of = callee.child_by_field_name("attribute"), callee.child_by_field_name("object")
    if name is None or of is None:
        return True
    if of.type in ("string", "concatenated_string") or text_of(name) in _WORDS:
        return False
    return folded(of, 40).partition(".")[0] not in _ROOTS


def uses(call: Node) -> tuple[Use, ...]:
    """Every use on the way from a call to the statement it stands in."""
    found: list[Use] = []
    node, parent = call, call.parent
    while parent is not None:
        if parent.type == "await":
            found.append("awaited")
        elif parent.type == "boolean_operator":
            if parent.child_by_field_name("left") == node:
                found.append("tested")
        elif parent.type == "conditional_expression":
            if node not in (parent.named_children[0], parent.named_children[-1]):
                found.append("tested")
                break
        elif parent.type != "parenthesized_expression":
            found.extend(_end(node, parent))
            break
        node, parent = parent, parent.parent
    return tuple(dict.fromkeys(found))


def _end(node: Node, parent: Node) -> Iterator[Use]:
    if parent.type == "argument_list" and parent.parent is not None:
        name = folded(parent.parent.child_by_field_name("function") or parent, 60).rpartition(".")[2]
        if name in _WAITS:
            yield "awaited"
        elif name in _GOES_THROUGH:
            yield "iterated"
            if name in _LISTS:
                yield "listed"
        elif name == "bool":
            yield "tested"
    elif parent.type == "comparison_operator":
        signs = [text_of(sign) for sign in parent.children_by_field_name("operators")]
        if signs[-1:] in (["in"], ["not in"]) and parent.named_children[-1] == node:
            yield "iterated"
    elif parent.type in _ENDS and node != parent.child_by_field_name("body"):
        yield _ENDS[parent.type]
    elif parent.type == "lambda":
        yield "returned"


def tests(reader: Reader) -> Iterator[Value]:
    """Names and members that are asked for their truth, each at its place."""
    done: set[int] = set()
    for captures, _ in matches("python", "objects", reader.scope.structure.root):
        for test in captures.get("test", ()):
            for node in _asked(test, reader):
                if node.id not in done:
                    done.add(node.id)
                    value = reader.value(node)
                    if not isinstance(value, ObjectValue | ListValue | LiteralValue | UnknownValue):
                        yield msgspec.structs.replace(value, span=reader.span(node))


def _asked(node: Node, reader: Reader) -> Iterator[Node]:
    node = reader.scope.unwrapped(node) if node.type != "await" else node
    if node.type == "boolean_operator":
        for child in node.named_children:
            yield from _asked(child, reader)
    elif node.type in _NAMED:
        yield node
