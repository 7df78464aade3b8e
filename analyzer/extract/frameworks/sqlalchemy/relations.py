"""`relationship(..)`: attributes that lead to rows of another class.

What comes in: the call with the annotation in front of it. What goes out: a Relation, and what `backref` gives the other side. Source:
https://docs.sqlalchemy.org/en/20/orm/relationship_api.html. A class is named by itself or by a string. This module does not know keys: which columns
tie two classes where nothing says it, the model finds.
"""

import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.annotations import element_of
from analyzer.extract.frameworks.sqlalchemy.names import Call, call_of, is_false, is_true, last, string_of
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded
from analyzer.facts.entity import Loading, Related, Relation

CALLS = frozenset({"relationship", "Relationship", "relation", "dynamic_loader"})
# In front of a class that is named by a string: the one of the repository that is called so.
_ANY = "*"
_LOADING: dict[str, Loading] = {
    "select": "lazy", "True": "lazy", "joined": "eager", "False": "eager", "selectin": "eager", "subquery": "eager", "immediate": "eager", "select_in": "eager",
    "raise": "raises", "raise_on_sql": "raises", "noload": "raises", "None": "raises", "dynamic": "", "write_only": "",
}  # fmt: skip
_EQUAL = re.compile(r"(?P<left>[\w.]+)==(?P<right>[\w.]+)")
_WRAPPED = re.compile(r"foreign|remote")


def relation(name: str, place: Node, value: Node, annotation: Node | None, owner: str, scope: Scope) -> Relation | None:
    """A relation of an attribute; None where its class is not said."""
    call = _spread(call_of(value), scope)
    given = call.positional[0] if call.positional else call.named.get("argument")
    told, many = element_of(annotation) if annotation is not None else ("", False)
    target = _target(given, scope) if given is not None else (f"{_ANY}{told}" if told.isidentifier() else told)
    if not target:
        return None
    uselist = call.named.get("uselist")
    return Relation(
        scope.structure.span(place),
        name,
        target,
        many=is_true(uselist) or (many and not is_false(uselist)),
        pairs=tuple(_pairs(call, owner, target.removeprefix(_ANY), scope)),
        through=_target(_argument(call, "secondary", 1) or _argument(call, "link_model", 9), scope),
        loading=_loading(call, value, scope),
        deletes=_deletes(call, scope),
    )


def _spread(call: Call, scope: Scope) -> Call:
    """SQLModel hands on what `sa_relationship_kwargs` says."""
    given = call.named.get("sa_relationship_kwargs")
    more: dict[str, Node] = {}
    for pair in given.named_children if given is not None and given.type == "dictionary" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        word = string_of(key, scope) if key is not None else None
        if word and value is not None:
            more[word] = value
    return msgspec.structs.replace(call, named={**call.named, **more}) if more else call


def _argument(call: Call, name: str, at: int) -> Node | None:
    return call.named.get(name) or (call.positional[at] if len(call.positional) > at else None)


def _target(node: Node | None, scope: Scope) -> str:
    """A class or table: by its name, by a string, by a function that gives it."""
    if node is None or node.type == "none":
        return ""
    if node.type == "lambda":
        body = node.child_by_field_name("body")
        return _target(body, scope) if body is not None and body.type != "lambda" else ""
    text = string_of(node, scope) if node.type in ("string", "concatenated_string") else None
    if text is not None:
        return f"{_ANY}{text.rpartition('.')[2]}" if all(word.isidentifier() for word in text.split(".")) else ""
    return folded(node, 200) if node.type in ("identifier", "attribute") else ""


def _loading(call: Call, value: Node, scope: Scope) -> Loading:
    if last(value) == "dynamic_loader":
        return ""
    given = call.named.get("lazy")
    if given is None:
        return "lazy"
    return _LOADING.get(string_of(given, scope) or folded(given, 40), "")


def _deletes(call: Call, scope: Scope) -> str:
    """What the library does when the parent goes: `cascade="all, delete-orphan"`; nothing where the database is left to it."""
    words = {word.strip() for word in (string_of(call.named.get("cascade"), scope) or "").split(",")}
    passive = call.named.get("passive_deletes")
    if passive is not None and not is_false(passive):
        return ""
    if is_true(call.named.get("cascade_delete")):
        return "cascade"
    return "cascade" if words & {"all", "delete", "delete-orphan"} else ""


def _pairs(call: Call, owner: str, target: str, scope: Scope) -> Iterator[tuple[str, str]]:
    """(own attribute, attribute of the target) of a `primaryjoin` that says them in plain words."""
    given = call.named.get("primaryjoin")
    if given is None:
        return
    inner = given.child_by_field_name("body") if given.type == "lambda" else given
    text = string_of(given, scope) or (folded(inner, 300) if inner is not None else "")
    text = _WRAPPED.sub("", "".join(text.split())).replace("(", "").replace(")", "")
    match = _EQUAL.fullmatch(text)
    sides = [tuple(match[side].replace(".c.", ".").rpartition(".")[::2]) for side in ("left", "right")] if match else []
    for one, other in (sides, sides[::-1]) if len(sides) == 2 else ():
        if one[0] in (owner, "") and other[0].rpartition(".")[2] == target and one[0] != other[0]:
            yield one[1], other[1]
            return


def foreign_key_of(value: Node, scope: Scope) -> tuple[str, ...]:
    """The attributes that `foreign_keys=` names, as written."""
    given = call_of(value).named.get("foreign_keys")
    if given is None:
        return ()
    text = string_of(given, scope) or folded(given, 300)
    return tuple(word.replace(".c.", ".") for word in "".join(text.split()).strip("[]()").split(",") if word)


def back_reference(one: Relation, value: Node, owner: str, scope: Scope) -> Related | None:
    """The relation that `backref` gives the other class."""
    given = call_of(value).named.get("backref")
    if given is None or given.type == "none":
        return None
    call = call_of(given)
    name = string_of(call.positional[0] if call.positional else given, scope)
    if not name:
        return None
    span = scope.structure.span(given)
    single = is_false(call.named.get("uselist"))
    pairs = tuple((theirs, ours) for ours, theirs in one.pairs)
    loading = _loading(call, given, scope)
    # One leads from many where the key is its own.
    many = not single and (bool(one.through) or not one.many)
    back = Relation(span, name, owner, many, pairs, one.through, loading, _deletes(call, scope))
    return Related(span, one.target, (back,))
