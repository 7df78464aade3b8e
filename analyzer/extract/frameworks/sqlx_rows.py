"""sqlx: the row type that stands around a call instead of in it.

What comes in: a call of `query_as` or `query_scalar` without type arguments. What goes out: the node of the row's type. Source: docs.rs/sqlx,
`QueryAs::fetch_one`, `fetch_optional`, `fetch_all`: a Result of T, Option<T>, Vec<T>. This module does not know columns.
"""

from tree_sitter import Node

from analyzer.extract.texts import text_of

_WRAPPED = {"fetch_one": ("Result",), "fetch_optional": ("Result", "Option"), "fetch_all": ("Result", "Vec")}
_BEFORE = frozenset({"bind", "persistent"})
_UNWRAPS = frozenset({"unwrap", "expect"})
_KEEPS = frozenset({"map_err", "context", "with_context", "inspect_err", "instrument", "wrap_err", "wrap_err_with"})
_PASSES = frozenset({"await_expression", "parenthesized_expression"})


def inferred(call: Node) -> Node | None:
    """The T of `let users: Vec<T> = query_as(..).fetch_all(..).await?` and of a function that returns the call."""
    node, wrappers = _fetched(call)
    return taken(node, wrappers)


def taken(node: Node, wrappers: tuple[str, ...] | None) -> Node | None:
    """The same of a call that gives a value in these wrappers, the outermost first."""
    while wrappers is not None and node.parent is not None:
        outer = node.parent
        method = _method(node)
        if method is not None and outer.parent is not None:
            if method[0] not in _UNWRAPS | _KEEPS:
                return None
            node, wrappers = method[1], wrappers[1:] if method[0] in _UNWRAPS else wrappers
        elif outer.type == "try_expression":
            node, wrappers = outer, wrappers[1:]
        elif outer.type in _PASSES:
            node = outer
        else:
            return _declared(node, outer, wrappers)
    return None


def _fetched(call: Node) -> tuple[Node, tuple[str, ...] | None]:
    """The call that runs the query, and what its result is wrapped in; None where it is not seen."""
    node = call
    while (method := _method(node)) is not None:
        name, node = method
        if name in _WRAPPED:
            return node, _WRAPPED[name]
        if name not in _BEFORE:
            break
    return node, None


def _method(node: Node) -> tuple[str, Node] | None:
    """The method called on a node, and that call."""
    field = node.parent
    call = field.parent if field is not None and field.type == "field_expression" else None
    if field is None or call is None or call.type != "call_expression" or call.child_by_field_name("function") != field:
        return None
    return text_of(field.child_by_field_name("field") or field), call


def _declared(node: Node, outer: Node, wrappers: tuple[str, ...]) -> Node | None:
    if outer.type == "let_declaration" and outer.child_by_field_name("value") == node:
        return _inside(outer.child_by_field_name("type"), wrappers)
    if outer.type == "arguments" and outer.parent is not None and len(outer.named_children) == 1:
        node, made = outer.parent, text_of(outer.parent.child_by_field_name("function") or outer)
        if made != "Ok" or node.parent is None:
            return None
        outer, wrappers = node.parent, ("Result", *wrappers)
    if outer.type == "return_expression":
        return _inside(_returned(outer), wrappers)
    body = outer.parent
    last = [child for child in outer.named_children if "comment" not in child.type][-1:]
    if outer.type == "block" and last == [node] and body is not None and body.type == "function_item":
        return _inside(body.child_by_field_name("return_type"), wrappers)
    return None


def _returned(node: Node) -> Node | None:
    """The return type of the function a `return` belongs to; None inside of closures and async blocks."""
    outer = node.parent
    while outer is not None and outer.type not in ("function_item", "closure_expression", "async_block"):
        outer = outer.parent
    return outer.child_by_field_name("return_type") if outer is not None and outer.type == "function_item" else None


def _inside(declared: Node | None, wrappers: tuple[str, ...]) -> Node | None:
    """The type inside of its wrappers: User in `Result<Vec<User>, Error>`; None where the type is written otherwise."""
    for wrapper in wrappers:
        name = (
            declared.child_by_field_name("type") if declared is not None and declared.type == "generic_type" else None
        )
        arguments = (
            declared.child_by_field_name("type_arguments") if declared is not None and name is not None else None
        )
        # Projects name their own `Result`, `AppResult`, whose first argument is the value.
        if name is None or arguments is None or not text_of(name).endswith(wrapper) or not arguments.named_children:
            return None
        declared = arguments.named_children[0]
    return None if declared is None or text_of(declared) in ("_", "Self") else declared
