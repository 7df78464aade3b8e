"""JavaScript's expressions as values.

What comes in: nodes, and a Reader that is asked for what lies inside of them. What goes out: Values. Source: ECMA-262, TypeScript's handbook. This module does
not know names: the Reader does.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.javascript.literals import literal, pieces
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import (
    CallValue,
    EitherValue,
    Entry,
    FunctionValue,
    ItemValue,
    ListValue,
    LiteralKind,
    LiteralValue,
    MemberValue,
    NameValue,
    ObjectValue,
    TextValue,
    TypedValue,
    UnknownValue,
    Value,
)

FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "method_definition"})
_CHOICES = frozenset({"||", "??", "&&"})
# Casts that say nothing of the value.
_MUTE = frozenset({"any", "unknown", "never", "object", "{}", "const"})
_LONGEST_TYPE = 300


def expression(node: Node, reader: Reader) -> Value | None:
    """The value of any expression but a plain name."""
    span = reader.span(node)
    match node.type:
        case "object":
            return ObjectValue(span, tuple(_entries(node, reader)))
        case "array":
            items, more = _list(node, reader)
            return ListValue(span, items, more)
        case "member_expression" | "subscript_expression":
            return _accessed(node, reader)
        case "call_expression" | "new_expression":
            return _called(node, reader)
        case "as_expression" | "type_assertion":
            return _typed(node, reader)
        case "ternary_expression":
            branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
            return either(span, tuple(reader.value(branch) for branch in branches if branch is not None))
        case "binary_expression" | "augmented_assignment_expression":
            return _binary(node, reader)
        case "assignment_expression":
            return _inner(node.child_by_field_name("right"), reader)
        case "sequence_expression" | "instantiation_expression" if node.named_children:
            return reader.value(node.named_children[-1 if node.type.startswith("sequence") else 0])
        case kind if kind in FUNCTIONS:
            return FunctionValue(span)
        case "class":
            return NameValue(span, class_name(node))
        case "import" | "super" | "this" | "meta_property":
            return NameValue(span, text_of(node))
        case _:
            return _literal(node, reader)


def _literal(node: Node, reader: Reader) -> Value | None:
    span, source = reader.span(node), reader.scope.structure.source
    match node.type:
        case "string":
            return LiteralValue(span, "string", literal(node, source).value)
        case "template_string":
            return text(span, tuple(_pieces(node, reader)))
        case "number":
            return LiteralValue(span, _number(text_of(node)), text_of(node))
        case "unary_expression":
            argument, operator = node.child_by_field_name("argument"), node.child_by_field_name("operator")
            if argument is None or argument.type != "number" or operator is None or operator.type != "-":
                return None
            return LiteralValue(span, _number(text_of(argument)), f"-{text_of(argument)}")
        case "true" | "false":
            return LiteralValue(span, "bool", node.type)
        case "null" | "undefined":
            return LiteralValue(span, "null")
        case "regex":
            pattern = node.child_by_field_name("pattern")
            return LiteralValue(span, "regex", text_of(pattern) if pattern is not None else "")
        case _:
            return None


def _number(written: str) -> LiteralKind:
    return "float" if not written.lower().startswith("0x") and set(written) & set(".eE") else "int"


def _pieces(node: Node, reader: Reader) -> Iterator[Value]:
    for part, inner in pieces(node, reader.scope.structure.source):
        if part is not None:
            yield LiteralValue(part.span, "string", part.value)
        elif inner is not None:
            yield reader.value(inner)


def text(span: Span, found: tuple[Value, ...]) -> Value:
    """A string of pieces, neighbouring constants as one."""
    joined: list[Value] = []
    for piece in found:
        last = joined[-1] if joined else None
        plain = isinstance(piece, LiteralValue) and piece.kind in ("string", "int")
        if isinstance(piece, TextValue):
            joined.extend(piece.pieces)
        elif plain and isinstance(piece, LiteralValue) and isinstance(last, LiteralValue) and last.kind == "string":
            joined[-1] = LiteralValue(last.span, "string", last.text + piece.text)
        elif plain and isinstance(piece, LiteralValue):
            joined.append(LiteralValue(piece.span, "string", piece.text))
        else:
            joined.append(piece)
    joined = [piece for piece in joined if not (isinstance(piece, LiteralValue) and not piece.text)]
    if not joined or (len(joined) == 1 and isinstance(joined[0], LiteralValue)):
        return LiteralValue(span, "string", joined[0].text if joined and isinstance(joined[0], LiteralValue) else "")
    return TextValue(span, tuple(joined))


def either(span: Span, options: tuple[Value, ...]) -> Value:
    """One of several, those of several in it taken out."""
    flat = [inner for one in options for inner in (one.options if isinstance(one, EitherValue) else (one,))]
    return flat[0] if len(flat) == 1 else EitherValue(span, tuple(flat))


def _binary(node: Node, reader: Reader) -> Value | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if operator is None or left is None or right is None:
        return None
    span = reader.span(node)
    if operator.type in _CHOICES or operator.type[:-1] in _CHOICES:
        return either(span, (reader.value(left), reader.value(right)))
    if operator.type != "+":
        return UnknownValue(span, "arithmetic")
    operands = (reader.value(left), reader.value(right))
    textual = any(
        isinstance(one, TextValue) or (isinstance(one, LiteralValue) and one.kind == "string") for one in operands
    )
    return text(span, operands) if textual else UnknownValue(span, "arithmetic")


def _typed(node: Node, reader: Reader) -> Value | None:
    inner = [child for child in node.named_children if child.type != "comment"]
    if len(inner) != 2:
        return reader.value(inner[0]) if inner else None
    type_, value = inner if node.type == "type_assertion" else (inner[1], inner[0])
    if type_.type == "type_arguments" and type_.named_children:
        type_ = type_.named_children[0]
    return typed(reader.span(node), type_, reader.value(value))


def typed(span: Span, type_: Node, value: Value) -> Value:
    """A value with the type that is written beside it."""
    written = text_of(type_) if type_.end_byte - type_.start_byte <= _LONGEST_TYPE else ""
    return value if not written or written in _MUTE else TypedValue(span, written, value)


def _inner(node: Node | None, reader: Reader) -> Value | None:
    return reader.value(node) if node is not None else None


# ---------------------------------------------------------------------- objects and lists
def _entries(node: Node, reader: Reader) -> Iterator[Entry]:
    for child in node.named_children:
        span = reader.span(child)
        match child.type:
            case "pair":
                name, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if name is not None and value is not None:
                    plain, computed = key(name, reader)
                    yield Entry(span, plain, reader.value(value), computed)
            case "shorthand_property_identifier":
                yield Entry(span, text_of(child), reader.value(child))
            case "spread_element" if child.named_children:
                yield _spread(span, child.named_children[-1], reader)
            case "method_definition":
                name = child.child_by_field_name("name")
                if name is not None:
                    plain, computed = key(name, reader)
                    yield Entry(span, plain, FunctionValue(span), computed)


def _spread(span: Span, node: Node, reader: Reader) -> Entry:
    """`...(deep && { a: 1 })` are its entries or none."""
    node = reader.scope.unwrapped(node)
    operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
    if node.type == "binary_expression" and operator is not None and operator.type == "&&" and right is not None:
        return Entry(span, None, reader.value(right), None, certain=False)
    return Entry(span, None, reader.value(node))


def key(node: Node, reader: Reader) -> tuple[str | None, Value | None]:
    """A property's name, or what it is computed of."""
    match node.type:
        case "property_identifier" | "private_property_identifier" | "number":
            return text_of(node), None
        case "computed_property_name" if node.named_children:
            return key(node.named_children[-1], reader)
    value = reader.value(node)
    if isinstance(value, LiteralValue) and value.kind in ("string", "int"):
        return value.text, None
    return None, value


def _list(node: Node, reader: Reader) -> tuple[tuple[Value, ...], bool]:
    """Items or arguments; what is spread among them where it is known, else the items before it."""
    items: list[Value] = []
    more = False
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.type != "spread_element":
            items.append(reader.value(child))
            continue
        inner = reader.value(child.named_children[-1]) if child.named_children else None
        if isinstance(inner, ListValue) and not inner.open:
            items.extend(inner.items)
        else:
            more = True
            if isinstance(inner, ListValue):
                items.extend(inner.items)
    return tuple(items), more


# ---------------------------------------------------------------------- access and calls
def _accessed(node: Node, reader: Reader) -> Value | None:
    target = node.child_by_field_name("object")
    name = node.child_by_field_name("property" if node.type == "member_expression" else "index")
    if target is None or name is None:
        return None
    plain, computed = key(name, reader)
    of = reader.value(target)
    if plain is not None:
        return member(reader.span(node), of, plain)
    return ItemValue(reader.span(node), of, computed) if computed is not None else None


def member(span: Span, of: Value, name: str) -> Value:
    """`of.name`; of an object whose entries are known the entry's value."""
    if isinstance(of, ObjectValue) and not of.open:
        found = [entry for entry in of.entries if entry.key in (name, None)]
        if found and found[-1].key == name and found[-1].certain and not isinstance(found[-1].value, FunctionValue):
            return found[-1].value
    return MemberValue(span, of, name)


def _called(node: Node, reader: Reader) -> Value | None:
    made = node.type == "new_expression"
    callee = node.child_by_field_name("constructor" if made else "function")
    arguments = node.child_by_field_name("arguments")
    if callee is None:
        return None
    span, of = reader.span(node), reader.value(callee)
    if arguments is None:
        return CallValue(span, of, made=made)
    if arguments.type == "template_string":
        return CallValue(span, of, (reader.value(arguments),))
    if text_of(callee) == "Object.assign" and arguments.named_children:
        return _merged(span, arguments, reader)
    given, more = _list(arguments, reader)
    return CallValue(span, of, given, made=made, open=more)


def _merged(span: Span, arguments: Node, reader: Reader) -> Value:
    """`Object.assign({}, a, b)` is `{...a, ...b}`."""
    parts = [child for child in arguments.named_children if child.type != "comment"]
    entries: list[Entry] = []
    more = False
    for child in parts:
        if child.type == "spread_element":
            more = True
            continue
        value = reader.value(child)
        if isinstance(value, ObjectValue) and not value.open:
            entries.extend(value.entries)
        else:
            entries.append(Entry(reader.span(child), None, value))
    return ObjectValue(span, tuple(entries), more)


def class_name(node: Node) -> str:
    """A class's own name, or the one it is kept or exported under."""
    name = node.child_by_field_name("name")
    outer = node.parent
    if name is not None or outer is None:
        return text_of(name) if name is not None else ""
    if outer.type == "export_statement":
        return "default"
    kept = outer.child_by_field_name("name" if outer.type == "variable_declarator" else "left")
    return text_of(kept) if kept is not None and kept.end_byte - kept.start_byte <= 80 else ""
