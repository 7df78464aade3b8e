"""What a call says of its rows: type arguments, casts, annotations.

What comes in: a type, or a call and what stands around it. What goes out: Rows. Nothing checks them at run time, so none is strict. This
module does not know drivers.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript.models import base_of, name_of, shape_of, without_empty
from analyzer.extract.texts import text_of
from analyzer.facts.query import Row

# Types of libraries and of the language that say nothing of a row's columns.
_NOTHING = frozenset(
    {"any", "unknown", "never", "void", "object", "RowDataPacket", "ResultSetHeader", "OkPacket", "OkPacketParams", "ProcedureCallPacket",
     "QueryResultRow", "QueryResult", "Record", "Partial", "Omit", "Pick", "Map", "T", "R", "Row", "unknown[]", "string", "number", "boolean",
     "bigint", "Date"}
)  # fmt: skip
_OTHER_PARSERS = frozenset({"JSON", "Date", "URL", "path", "qs", "querystring", "yaml", "YAML"})
_LISTS = frozenset({"Array", "ReadonlyArray", "Promise", "Required", "Readonly", "QueryResult", "D1Result"})
_PASSES = frozenset({"await_expression", "parenthesized_expression", "non_null_expression"})


def row_of(node: Node, site: Site) -> Row | None:
    """The row a type stands for: a named type, or the fields of an object type; lists stand for their elements."""
    node = _element(node)
    span = site.scope.structure.span(node)
    if node.type in ("type_identifier", "nested_type_identifier"):
        name = text_of(node)
        return None if name in _NOTHING else Row(span, "name", model=name, strict=False)
    shape = shape_of(node, site.source) if not _is_open(node) else None
    if shape is None:
        return None
    fields, bases = shape[0], [base for base in shape[1] if base not in _NOTHING]
    if not fields and len(bases) == 1:
        return Row(span, "name", model=bases[0], strict=False)
    return Row(span, "name", fields=fields, strict=False) if fields and not bases else None


def _is_open(node: Node) -> bool:
    """`Partial<T>` of a parameter says nothing."""
    return node.type == "generic_type" and "<" not in base_of(node)


def _element(node: Node) -> Node:
    while True:
        node = without_empty(node)
        arguments = node.child_by_field_name("type_arguments") if node.type == "generic_type" else None
        if node.type in ("array_type", "readonly_type", "parenthesized_type") and node.named_children:
            node = node.named_children[0]
        elif arguments is not None and name_of(node) in _LISTS and arguments.named_children:
            node = arguments.named_children[0]
        else:
            return node


def type_arguments(call: Node) -> list[Node]:
    """The type arguments of a call."""
    node = call.child_by_field_name("type_arguments")
    return [] if node is None else [child for child in node.named_children if child.type != "comment"]


def cast_row(call: Node, site: Site, results: frozenset[str] = frozenset()) -> Row | None:
    """The row of `call as User[]` or `const users: User[] = call`, past `await` and the members named in `results`."""
    node, outer = call, call.parent
    while outer is not None and (outer.type in _PASSES or _is_result(outer, results)):
        node, outer = outer, outer.parent
    if outer is None:
        return None
    if outer.type in ("as_expression", "satisfies_expression") and len(outer.named_children) == 2:
        return row_of(outer.named_children[1], site)
    type_ = outer.child_by_field_name("type") if outer.type == "variable_declarator" else None
    if type_ is not None and type_.named_children and outer.child_by_field_name("value") == node:
        return row_of(type_.named_children[0], site)
    return None


def _is_result(node: Node, results: frozenset[str]) -> bool:
    return node.type == "member_expression" and text_of(node.child_by_field_name("property") or node) in results


def schema_row(callee: Node, site: Site) -> Row | None:
    """The row that a schema of zod checks: `User.parse(row)`, `User.array().parse(rows)`, `z.array(User).parse(rows)`."""
    node = callee.child_by_field_name("object")
    while node is not None and node.type == "call_expression":
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None else []
        listed = function is not None and text_of(function) == "z.array" and len(given) == 1
        method = function.child_by_field_name("property") if function is not None else None
        if listed:
            node = given[0]
        elif method is not None and text_of(method) in ("array", "nullable", "nullish", "optional") and not given:
            node = function.child_by_field_name("object") if function is not None else None
        else:
            return None
    if node is None or node.type != "identifier" or text_of(node) in _OTHER_PARSERS:
        return None
    return Row(site.scope.structure.span(callee), "name", model=text_of(node), strict=True, framework="zod")
