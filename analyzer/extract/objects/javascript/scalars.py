"""JavaScript's literals and templates as values.

What comes in: nodes, and a Reader that is asked for what a template interpolates. What goes out: Values. Source: ECMA-262. This module does not know objects.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.javascript.literals import literal, pieces
from analyzer.extract.objects.reader import Reader
from analyzer.extract.texts import text_of
from analyzer.facts.source import Span
from analyzer.facts.value import LiteralKind, LiteralValue, TextValue, Value


def literal_value(node: Node, reader: Reader) -> Value | None:
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
