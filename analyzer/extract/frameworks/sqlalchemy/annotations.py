"""`Mapped[..]` and what stands in it.

What comes in: the annotation of an attribute. What goes out: the Python type inside, whether None is one of its values, and the SQL that SQLAlchemy
keeps it as. Source: https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#using-annotated-declarative-table-type-annotated-forms-for-mapped-column,
the table of Python types. A name of another kind is an alias, an enum or a type of a `type_annotation_map`: which, the program finds out. This
module does not know columns.
"""

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.catalogue import row
from analyzer.extract.frameworks.sqlalchemy.enums import ENUM
from analyzer.extract.frameworks.sqlalchemy.names import string_of
from analyzer.extract.frameworks.sqlalchemy.types import COUNTING, NAMED, TYPE, SqlType
from analyzer.extract.languages import parse
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import HostType
from analyzer.facts.part import EitherPart, Part
from analyzer.facts.part.definitions import HostTypePart
from analyzer.facts.part.written import LiteralPart, NamePart

_DEPTH = 8
_MAPPERS = frozenset({"Mapped", "DynamicMapped", "WriteOnlyMapped"})
_MANY = frozenset(
    {"list", "List", "set", "Set", "Sequence", "Collection", "DynamicMapped", "WriteOnlyMapped", "dict", "Dict"}
)
# sqlalchemy/sql/sqltypes.py, `_type_map`.
_KEPT = {
    "int": "Integer", "str": "String", "bool": "Boolean", "float": "Float", "bytes": "LargeBinary", "datetime": "DateTime", "date": "Date", "time": "Time",
    "timedelta": "Interval", "Decimal": "Numeric", "UUID": "Uuid",
}  # fmt: skip


class Annotation(Struct, frozen=True):
    """`inner` is the type with None taken off, `key` its text without modules; `mapped` where it stood in `Mapped[..]`; `kind` what that was called."""

    inner: Node
    key: str
    optional: bool
    mapped: bool
    kind: str = ""
    inside: bool = True

    @property
    def host(self) -> HostType:
        name, _, rest = self.key.partition("[")
        return HostType(name, self.optional, tuple(rest.removesuffix("]").split(",")) if rest else ())


def annotation_of(node: Node | None) -> Annotation | None:
    """What an annotation says; None for none."""
    at = _plain(node) if node is not None else None
    if at is None:
        return None
    head, given = _generic(at)
    kind = head.rpartition(".")[2]
    if kind in _MAPPERS and given:
        inner, optional = _without_none(given[0], 0)
        return Annotation(inner, _key(inner), optional, mapped=True, kind=kind)
    inner, optional = _without_none(at, 0)
    return Annotation(inner, _key(inner), optional, mapped=False)


def _plain(node: Node, depth: int = 0) -> Node | None:
    """The expression of an annotation: quotes and the grammar's own wrappers taken off."""
    if depth > _DEPTH:
        return None
    if node.type in ("type", "parenthesized_expression") and node.named_children:
        return _plain(node.named_children[0], depth + 1)
    if node.type == "string":
        root = parse(text_of(node).strip("'\"").encode(), "python").root_node
        statement = root.named_children[0] if len(root.named_children) == 1 and not root.has_error else None
        inner = statement.named_children[0] if statement is not None and statement.named_children else None
        return _plain(inner, depth + 1) if inner is not None else None
    return node


def _generic(node: Node) -> tuple[str, list[Node]]:
    """The head of `X[a, b]` and what stands in the brackets."""
    if node.type not in ("generic_type", "subscript") or not node.named_children:
        return "", []
    head, *rest = node.named_children
    inner = [child for part in rest for child in (part.named_children if part.type == "type_parameter" else [part])]
    return folded(head, 100), inner


def _without_none(node: Node, depth: int) -> tuple[Node, bool]:
    """A type without its None: `Optional[X]`, `X | None`, `Union[X, None]`."""
    at = _plain(node) or node
    if depth > _DEPTH:
        return at, False
    head, given = _generic(at)
    word = head.rpartition(".")[2]
    if word == "Optional" and len(given) == 1:
        return _without_none(given[0], depth + 1)[0], True
    members = given if word == "Union" else at.named_children if at.type in ("binary_operator", "union_type") else []
    if members:
        kept = [one for one in members if text_of(one) != "None"]
        inner = [_without_none(one, depth + 1) for one in kept]
        optional = len(kept) < len(members) or any(none for _, none in inner)
        return (inner[0][0] if len(inner) == 1 else at), optional
    return at, False


def _key(node: Node, depth: int = 0) -> str:
    """A type by its words alone: `datetime.datetime` is datetime, `dict[str, Any]` dict[str,Any]."""
    at = _plain(node) or node
    head, given = _generic(at)
    if head and depth < _DEPTH:
        return f"{head.rpartition('.')[2]}[{','.join(_key(one, depth + 1) for one in given)}]"
    return folded(at, 200).rpartition(".")[2]


def element_of(node: Node, depth: int = 0) -> tuple[str, bool]:
    """The class that a relation's annotation names, and whether there are many of it."""
    at = _plain(node) or node
    head, given = _generic(at)
    word = head.rpartition(".")[2]
    if word in _MANY and given and depth < _DEPTH:
        return element_of(given[-1], depth + 1)[0], True
    if word in ("Optional", "Mapped") and given and depth < _DEPTH:
        return element_of(given[0], depth + 1)
    inner, _ = _without_none(at, 0)
    if inner != at and depth < _DEPTH:
        return element_of(inner, depth + 1)
    return folded(inner, 200), False


def kept_as(annotation: Annotation, scope: Scope, at: Node, *, counts: bool) -> tuple[Part, ...]:
    """The SQL of a Python type: what the base says of it, else what SQLAlchemy itself does; `counts` for a key that numbers itself."""
    span = scope.structure.span(at)
    options: list[tuple[Part, ...]] = [(HostTypePart(span, annotation.key, counts),)]
    head, given = _generic(annotation.inner)
    known = row(f"sqlalchemy.{_KEPT[annotation.key]}") if annotation.key in _KEPT else None
    if known is not None:
        options.append(SqlType(known.spoken({}, {}), known.serial).counting(span, counts=counts))
    elif head.rpartition(".")[2] == "Literal":
        members = [string_of(one, scope) for one in given]
        longest = max((len(one) for one in members if one is not None), default=0)
        options.append((LiteralPart(f"VARCHAR({longest})", span, ()),))
    elif name_of(annotation):
        name = name_of(annotation)
        options.append((NamePart(f"{name}.{COUNTING if counts else TYPE}", span),))
        options += [(HostTypePart(span, ENUM, of=name),), (NamePart(f"{name}.{NAMED}", span),)]
    return (EitherPart(span, tuple(options)),)


def name_of(annotation: Annotation) -> str:
    """The name of an alias, an enum or a NewType; "" for what is known."""
    plain = annotation.inner.type in ("identifier", "attribute") and annotation.key not in _KEPT
    return folded(annotation.inner, 200) if plain else ""


def key_of(node: Node) -> str:
    """What a `type_annotation_map` has for a key."""
    return _key(node)


def generic(node: Node) -> tuple[str, list[Node]]:
    """The head of `X[a, b]` and what stands in the brackets."""
    return _generic(_plain(node) or node)
