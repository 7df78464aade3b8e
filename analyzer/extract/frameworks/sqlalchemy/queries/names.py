"""What a name or a dotted name of a Python file means to SQLAlchemy: an entity, an alias of one, a subquery, or a mere value.

What comes in: nodes and the file's Chains. What goes out: Named, Derived, None for a value. Whether an entity of that name exists is for the program to
say; a name that starts with "?" is of a table that the file does not show. This module does not write SQL.
"""

from tree_sitter import Node

from analyzer.extract.frameworks.sqlalchemy.queries.chains import Chains
from analyzer.extract.frameworks.sqlalchemy.queries.frames import Derived, Named
from analyzer.extract.frameworks.sqlalchemy.queries.handing import Handing
from analyzer.extract.frameworks.sqlalchemy.queries.roots import Chain
from analyzer.extract.frameworks.sqlalchemy.queries.spoken import bound_value, given, is_class, method, segments, spoken
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.texts import folded, text_of

DERIVES = frozenset({"subquery", "cte", "alias", "lateral", "as_scalar", "table_valued"})
_NO_TABLE = frozenset({"metadata", "registry", "query", "query_class"})
_OWN = frozenset({"cls", "self.__class__", "type(self)"})
# How repositories that serve any model call theirs.
_GENERIC = ("model", "table", "entity", "model_class", "model_cls", "klass", "orm_class")
_LISTED_TABLES = (("metadata", "tables"), ("meta", "tables"))
_DEPTH = 12
_LONG = 200


class Names:
    """Look-ups over one file."""

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.handing = Handing(chains.scope)
        self.scope = chains.scope

    # ------------------------------------------------------------------ tables
    def selectable(self, node: Node, depth: int = 0) -> Named | Derived | None:
        """A table, an alias or a subquery that an expression stands for."""
        node = self.scope.unwrapped(node)
        if depth > _DEPTH:
            return None
        if node.type == "call":
            return self._made(node, depth)
        if node.type == "subscript":
            return self._listed_table(node)
        dotted = segments(node)
        if not dotted:
            return None
        if folded(node, _LONG) in _OWN:
            return self._owner(node)
        if dotted[-1] == "__table__":
            target = node.child_by_field_name("object")
            found = self.selectable(target, depth + 1) if target is not None else None
            return Named(found.entity, found.alias, core=True) if isinstance(found, Named) else found
        return self._dotted(node, dotted, depth)

    def _dotted(self, node: Node, dotted: tuple[str, ...], depth: int) -> Named | Derived | None:
        if dotted[0] in ("self", "cls"):
            return self._member(node, dotted, depth)
        meaning = self.scope.meaning(dotted[0], node.start_byte)
        if meaning.loop is not None:
            names = self.handing.elements(node) if len(dotted) == 1 and self.handing.takes(node, dotted[0]) else ()
            return Named(f"?[{','.join(names)}]") if names and not names[0].startswith("'") else None
        if meaning.parameter is not None:
            return self._parameter(node, dotted)
        if len(dotted) == 1:
            plain = [b for b in meaning.bindings if not b.mutation]
            value = bound_value(plain[-1]) if plain else None
            if value is not None:
                found = self._bound(value, dotted[0], depth, module=meaning.module)
                return found if found is not None or not meaning.module else self._written(dotted)
            if plain:
                return None
        return self._written(dotted)

    def _bound(self, value: Node, name: str, depth: int, *, module: bool) -> Named | Derived | None:
        """What a name is bound to; a table of this file is an entity by that name."""
        value = self.scope.unwrapped(value)
        if value.type == "conditional_expression":
            value = value.named_children[0]
        if value.type == "call":
            found = self._made(value, depth + 1, name)
            callee = value.child_by_field_name("function")
            is_table = callee is not None and folded(callee, _LONG).rpartition(".")[2] == "Table"
            return Named(name) if found is None and is_table and module else found
        if value.type == "subscript":
            return self._listed_table(value)
        if value.type in ("identifier", "attribute"):
            dotted = segments(value)
            is_alias = bool(dotted) and (
                is_class(dotted[-1]) or dotted[-1] == "__table__" or value.type == "identifier"
            )
            return self.selectable(value, depth + 1) if is_alias or dotted[:1] in (("self",), ("cls",)) else None
        return None

    def _listed_table(self, node: Node) -> Named | None:
        """`metadata.tables["users"]`, or of each of several names."""
        listed, keys = node.child_by_field_name("value"), node.children_by_field_name("subscript")
        if listed is None or len(keys) != 1 or segments(listed)[-2:] not in _LISTED_TABLES:
            return None
        names = self.handing.elements(keys[0])
        return Named(f"?[{','.join(names)}]", core=True) if names and names[0].startswith("'") else None

    @staticmethod
    def _written(dotted: tuple[str, ...]) -> Named | None:
        return Named(".".join(dotted)) if dotted[-1] not in _NO_TABLE else None

    def _parameter(self, node: Node, dotted: tuple[str, ...]) -> Named | None:
        """`model: type[User]`; a class that is handed in without a word is nobody's."""
        found = self.scope.meaning(dotted[0], node.start_byte).parameter
        if found is None or len(dotted) > 1:
            return None
        slot = f"?{dotted[0]}@{found[1].span.start}"
        type_ = found[1].parameters[found[0]].type.replace(" ", "").strip("\"'")
        name, _, inner = type_.removesuffix("]").partition("[")
        if name.rpartition(".")[2] in ("type", "Type"):
            inner = inner.strip("\"'")
            several = inner.split("|")
            if len(several) > 1 and all(one.isidentifier() for one in several):
                return Named(f"?[{','.join(several)}]")
            return Named(f"{inner}|{slot}" if len(inner) > 2 and inner.isidentifier() else slot)
        is_table = name.rpartition(".")[2] in ("Table", "DeclarativeMeta")
        return Named(slot) if is_table or self.handing.takes(node, dotted[0]) else None

    def _owner(self, node: Node) -> Named:
        owner = self.scope.structure.owners.innermost(node.start_byte)
        return Named(f"{owner}|?{owner}.__class__" if owner else "?cls")

    def _member(self, node: Node, dotted: tuple[str, ...], depth: int) -> Named | Derived | None:
        """`self.model`: what the class itself binds, else a table that others say."""
        owner = self.scope.structure.owners.innermost(node.start_byte)
        if len(dotted) != 2 or owner is None:
            return None
        bindings = self.scope.structure.bindings_in.get((dotted[1], None), [])
        own = [
            b.value for b in bindings if self.scope.structure.owners.innermost(b.start) == owner and b.value is not None
        ]
        slot = f"?{owner}.{dotted[1]}"
        if len(own) == 1 and own[0].type in ("identifier", "attribute"):
            found = self.selectable(own[0], depth + 1)
            # What takes from the class may say otherwise.
            return Named(slot) if isinstance(found, Named) and is_class(found.entity) and not found.alias else found
        if not dotted[1].lower().endswith(_GENERIC) and not self.handing.takes(node, f"{dotted[0]}.{dotted[1]}"):
            return None
        return Named("|".join((*_type_arguments(node), slot)))

    # ------------------------------------------------------------------ aliases and subqueries
    def _made(self, call: Node, depth: int, name: str = "") -> Named | Derived | None:
        callee = call.child_by_field_name("function")
        word = spoken(callee, self.scope) if callee is not None else ""
        arguments = given(call)
        if word in ("aliased", "with_polymorphic", "alias") and arguments.plain:
            named = self.selectable(arguments.plain[0], depth + 1)
            if isinstance(named, Derived) or named is None:
                return named
            other = arguments.get(1, "alias") if word == "aliased" else None
            over = self.selectable(other, depth + 1) if other is not None else None
            if isinstance(over, Derived):
                return Named(named.entity, over.alias, over=over)
            alias = self._text(arguments.get(9, "name")) or (name or f"alias_{call.start_byte}")
            return Named(named.entity, alias) if word != "with_polymorphic" else named
        called = method(call)
        chain = self.chains.of(call)
        if chain is not None:
            return self.derived(chain)
        if called is not None and called[1] in ("alias", "tablesample"):
            named = self.selectable(called[0], depth + 1)
            given_name = self._text(arguments.get(0, "name")) if called[1] == "alias" else ""
            return (
                Named(named.entity, given_name or name or f"alias_{call.start_byte}")
                if isinstance(named, Named)
                else named
            )
        return None

    def derived(self, chain: Chain) -> Derived | None:
        """The subquery that a chain ends in."""
        step = next(chain.of(*DERIVES), None)
        if step is None:
            return None
        alias = self._text(step.given.get(0, "name")) or f"anon_{step.call.start_byte}"
        labels, star = self._columns(chain)
        return Derived(alias, chain, labels, star, step.name == "cte")

    def _columns(self, chain: Chain) -> tuple[frozenset[str], Named | None]:
        """The names that columns of a subquery have, and the entity that is selected whole."""
        items = [*self.items(chain)]
        labels = {label for item in items if (label := self.label(item))}
        whole = [
            found for item in items if not self.label(item) and isinstance(found := self.selectable(item, 1), Named)
        ]
        return frozenset(labels), whole[0] if len(whole) == 1 else None

    def items(self, chain: Chain, depth: int = 0) -> list[Node]:
        """What a chain selects."""
        if chain.kind == "compound":
            inner = self.chains.of(chain.given.plain[0]) if chain.given.plain else None
            return self.items(inner, depth + 1) if inner is not None and depth < _DEPTH else []
        found = [chain.target] if chain.target is not None else list(chain.given.plain)
        if len(found) == 1 and found[0].type == "list":
            found = list(found[0].named_children)
        for step in chain.steps:
            if step.name in ("with_only_columns", "with_entities"):
                found = list(step.given.plain)
            elif step.name in ("add_columns", "column", "add_column", "add_entity"):
                found += step.given.plain
        for star in (*chain.given.stars,):
            bound = self.scope.bound(star)
            if bound is not None and bound[0].type in ("list", "tuple"):
                found += bound[0].named_children
        return (
            [node for node in found if node.type != "comment"]
            if chain.kind not in ("insert", "update", "delete")
            else []
        )

    def label(self, item: Node) -> str:
        """The name of a selected column in what is selected from it."""
        called = method(item)
        if called is not None:
            if called[1] == "label":
                arguments = given(item)
                return self._text(arguments.get(0, "name"))
            callee = item.child_by_field_name("function")
            words = segments(callee) if callee is not None else ()
            return words[-1] if "func" in words[:-1] else ""
        dotted = segments(item)
        is_column = (
            len(dotted) > 1 and not is_class(dotted[-1]) and dotted[-1] not in _NO_TABLE and dotted[-1] != "__table__"
        )
        return dotted[-1] if is_column else ""

    def _text(self, node: Node | None) -> str:
        if node is None or node.type != "string" or not is_plain(node):
            return ""
        return literal(node, self.scope.structure.source).value


def _type_arguments(node: Node) -> list[str]:
    """`User` of `class Users(Repository[UserOut, User])`, around a place."""
    at: Node | None = node
    while at is not None and at.type != "class_definition":
        at = at.parent
    bases = at.child_by_field_name("superclasses") if at is not None else None
    found = [base for base in bases.named_children if base.type == "subscript"] if bases is not None else []
    inner = [one for base in found for one in base.children_by_field_name("subscript")]
    return [text_of(one) for one in inner if one.type in ("identifier", "attribute") and len(text_of(one)) > 1]
