"""Rust strings: literals, macros that build text, calls that keep or wrap it.

What comes in: nodes of tree-sitter-rust. What goes out: parts of texts. Source of the escapes and of the formatting syntax: the Rust Reference,
"Tokens" (string literals, line continuation), and the documentation of `std::fmt`. This module does not know frameworks.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.texts import LiteralBuilder, cut, text_of
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.part import Part
from analyzer.facts.part.written import HolePart, LiteralPart, NamePart
from analyzer.facts.source import Source, Span

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", '"': '"', "'": "'"}
# What holds the value of a closure from its first use on: std, once_cell.
_LAZY = frozenset({"LazyLock", "Lazy", "LazyCell"})
# Methods that give the same text back, and constructors that wrap one.
_SAME = frozenset(
    {
        "to_string",
        "as_str",
        "to_owned",
        "into",
        "clone",
        "as_ref",
        "borrow",
        "trim",
        "deref",
        "trim_start",
        "trim_end",
        "expect",
        "unwrap",
    }
)
_WRAP = frozenset(
    {"String::from", "Cow::Borrowed", "Cow::from", "AssertSqlSafe", "sqlx::AssertSqlSafe", "Some", "Ok", "Arc::from"}
)
_FORMAT = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def literal(node: Node, source: Source) -> LiteralPart:
    """A string literal's characters, each with its place."""
    builder = LiteralBuilder(source.path, source.content)
    at, end = _inside(node, source)
    for child in node.children:
        if child.type != "escape_sequence" or child.start_byte < at:
            continue
        _raw(builder, source, at, child.start_byte)
        at, escape = child.end_byte, text_of(child)
        if escape[1:2] in ("\n", "\r"):
            # A backslash at the end of a line swallows the line end and all white space that follows.
            rest = source.content[at:end]
            at += len(rest) - len(rest.lstrip(b" \t\r\n"))
            escape = ""
        builder.escape(_decode(escape) if escape else "", child.start_byte, at)
    _raw(builder, source, at, end)
    return builder.finish(node.start_byte, node.end_byte)


def written(node: Node, source: Source) -> LiteralPart:
    """A number as `format!` and `concat!` print it."""
    builder = LiteralBuilder(source.path, source.content)
    builder.raw(node.start_byte, node.end_byte)
    return builder.finish(node.start_byte, node.end_byte)


def _inside(node: Node, source: Source) -> tuple[int, int]:
    """The bytes between the quotes. The grammar's `string_content` of a raw literal begins behind its white space."""
    text = source.content[node.start_byte : node.end_byte]
    quote = text.find(b'"')
    closing = 1 + (text[:quote].count(b"#") if node.type == "raw_string_literal" else 0)
    begin = node.start_byte + max(quote, 0) + 1
    return begin, max(begin, node.end_byte - closing)


def _raw(builder: LiteralBuilder, source: Source, start: int, end: int) -> None:
    """Bytes as they stand, but that the two bytes of a line end are one line feed, as the compiler reads them."""
    at = start
    while (found := source.content.find(b"\r\n", at, end)) != -1:
        builder.raw(at, found)
        builder.escape("\n", found, found + 2)
        at = found + 2
    builder.raw(at, end)


def _decode(escape: str) -> str:
    body = escape[1:]
    if body[:1] in ("x", "u"):
        digits = body[1:].strip("{}").replace("_", "")
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            return "\ufffd"
    return _ESCAPES.get(body, body)


def tail(block: Node) -> Node | None:
    """The expression whose value a block has."""
    inner = [child for child in block.named_children if child.type not in ("line_comment", "block_comment")]
    last = inner[-1] if inner else None
    if last is not None and last.type == "expression_statement":
        last = last.named_children[0] if last.named_children and not text_of(last).endswith(";") else None
    return None if last is None or last.type.endswith(("_item", "_declaration", "_statement")) else last


def call_parts(node: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    if function.type == "field_expression":
        method, value = function.child_by_field_name("field"), function.child_by_field_name("value")
        if method is not None and value is not None and text_of(method) in _SAME:
            return evaluator.parts(value)
        return None
    if function.type == "scoped_identifier" and _is_lazy(function):
        return _given(arguments, evaluator)
    if text_of(function) in _WRAP and len(arguments.named_children) == 1:
        return evaluator.parts(arguments.named_children[0])
    return None


def _is_lazy(function: Node) -> bool:
    owner, _, name = text_of(function).rpartition("::")
    return name == "new" and owner.rpartition("::")[2] in _LAZY


def _given(arguments: Node, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """What `LazyLock::new(|| format!(..))` will hold."""
    closure = arguments.named_children[0] if len(arguments.named_children) == 1 else None
    body = closure.child_by_field_name("body") if closure is not None and closure.type == "closure_expression" else None
    return evaluator.parts(body) if body is not None else None


def macro_parts(node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    macro = node.child_by_field_name("macro")
    tokens = next((child for child in node.children if child.type == "token_tree"), None)
    if macro is None or tokens is None:
        return None
    groups = list(arguments(tokens))
    match text_of(macro).rpartition("::")[2]:
        case "concat" | "concatcp":
            return tuple(part for group in groups for part in group_parts(group, source, evaluator))
        case "format" | "formatdoc" | "formatcp":
            return _format(groups, source, evaluator) if groups else None
        case "indoc" if groups:
            return group_parts(groups[0], source, evaluator)
        case "include_str" if groups:
            return _included(groups[0], source)
        case _:
            return None


def arguments(tokens: Node) -> Iterator[list[Node]]:
    """The arguments of a macro: runs of tokens between the commas at the top of its token tree.

    Commas between the angle brackets of a type (`x as Map<K, V>`, `f::<K, V>()`) separate no arguments.
    """
    group: list[Node] = []
    angles = 0
    for child in tokens.children[1:-1]:
        if child.type == "," and not angles:
            yield group
            group = []
        elif child.type not in ("line_comment", "block_comment"):
            typed = angles > 0 or (bool(group) and group[-1].type == "::") or any(node.type == "as" for node in group)
            angles += typed and child.type == "<"
            angles = max(0, angles - {">": 1, ">>": 2}.get(child.type, 0))
            group.append(child)
    if group:
        yield group


def group_parts(group: list[Node], source: Source, evaluator: Evaluator) -> tuple[Part, ...]:
    """Parts of one macro argument: pieces joined by `+`, each a literal or an expression."""
    if any(node.type == "+" for node in group):
        pieces: list[list[Node]] = [[]]
        for node in group:
            if node.type == "+":
                pieces.append([])
            else:
                pieces[-1].append(node)
        return tuple(part for piece in pieces for part in group_parts(piece, source, evaluator))
    named = group
    if len(named) == 1:
        return evaluator.parts(named[0])
    if not named:
        return ()
    if named[0].type.endswith("string_literal") and len(named) > 2 and text_of(named[2]) in _SAME:
        return evaluator.parts(named[0])  # `"SELECT ..".to_string()`
    span = Span(source.path, named[0].start_byte, named[-1].end_byte)
    text = source.content[span.start : span.end].decode("utf-8", "replace")
    last = text.rpartition("::")[2]
    if last.isupper() and last.isidentifier():
        return (NamePart(text.replace("::", "."), span),)
    return (HolePart(span, UnknownOrigin(text[:120])),)


def _format(groups: list[list[Node]], source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
    """`format!("..{}..{name}..", value, name = value)` with its values put in."""
    if len(groups[0]) != 1 or groups[0][0].type not in ("string_literal", "raw_string_literal"):
        return None
    template = literal(groups[0][0], source)
    positional = [group for group in groups[1:] if not _is_named(group)]
    named = {text_of(group[0]): group[2:] for group in groups[1:] if _is_named(group)}
    parts: list[Part] = []
    at = taken = 0
    for match in _FORMAT.finditer(template.value):
        parts.append(cut(template, at, match.start()))
        at = match.end()
        if match[0] in ("{{", "}}"):
            parts.append(cut(template, match.start(), match.start() + 1))
            continue
        key = match[1].partition(":")[0].strip()
        group = named.get(key)
        if not key or key.isdigit():
            index = int(key) if key else taken
            taken += not key
            group = positional[index] if index < len(positional) else None
        hole = cut(template, match.start(), match.end())
        # An inline `{name}` is the identifier of that name where it stands.
        parts.extend(group_parts(group, source, evaluator) if group else evaluator.named(key, hole.span))
    parts.append(cut(template, at, len(template.value)))
    return tuple(part for part in parts if not isinstance(part, LiteralPart) or part.value)


def _is_named(group: list[Node]) -> bool:
    return len(group) > 2 and group[0].type == "identifier" and group[1].type == "="


def _included(group: list[Node], source: Source) -> tuple[Part, ...] | None:
    if len(group) != 1 or group[0].type not in ("string_literal", "raw_string_literal"):
        return None
    path = literal(group[0], source).value
    span = Span(source.path, group[0].start_byte, group[0].end_byte)
    folder = source.path.rpartition("/")[0]
    return (NamePart(f"file:{folder}/{path}" if folder else f"file:{path}", span),)
