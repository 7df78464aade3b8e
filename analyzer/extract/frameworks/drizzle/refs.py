"""What a name stands for in a query of Drizzle: a table, an alias of one, a subquery, the parameter of a callback; or a value.

What comes in: nodes and their Scope. What goes out: Refs. Whether an imported name is a table's nobody here knows: it is a Table that may turn out to
be none. This module does not write SQL.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.binding import Binding
from analyzer.extract.elements import element
from analyzer.extract.frameworks.drizzle.links import callee, downward, given, target
from analyzer.extract.frameworks.drizzle.operators import OPERATORS, SELECTS, SETS
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of

_DEPTH = 12
_ALIASES = frozenset({"alias", "aliasedTable"})
_FUNCTIONS = frozenset({"arrow_function", "function_expression"})
# Libraries with functions of the same names, which make no SQL.
_OTHERS = frozenset(
    {"lodash", "lodash-es", "ramda", "remeda", "radash", "rxjs", "mathjs", "d3", "d3-array", "date-fns", "@tanstack"}
)
# What gives the columns of a table.
COLUMNS = frozenset({"getTableColumns", "getColumns", "getViewSelectedFields"})


class Table(Struct, frozen=True):
    """An entity by the name the file has for it, under an alias. `known` is False for a table that the code chooses as it runs."""

    name: str
    alias: str = ""
    known: bool = True


class Derived(Struct, frozen=True):
    """A subquery or CTE: `body` is what it selects."""

    alias: str
    body: Node


class Fields(Struct, frozen=True):
    """The selection of a query, which its own callbacks are given."""

    selection: Node


class Column(Struct, frozen=True):
    """What a callback takes out of its table or selection: `({ id }, { eq }) => eq(id, 1)`."""

    home: Table | Fields
    attribute: str


Ref = Table | Derived | Column | Fields


class Names:
    """Look-ups over one file. `inside` is the alias that stands for every table, where a relation is read under one."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.inside = ""
        self._given: dict[str, Ref] = {}
        self._operators: dict[str, str] = {}
        self.dynamic: set[str] = set()

    # ------------------------------------------------------------------ callbacks
    @contextmanager
    def callback(self, function: Node, ref: Ref | None) -> Iterator[None]:
        """Within, the first parameter of a function is `ref`, and the second holds operators."""
        kept = dict(self._given), dict(self._operators)
        parameters = function.child_by_field_name("parameters")
        alone = function.child_by_field_name("parameter")
        listed = [alone] if alone is not None else parameters.named_children if parameters is not None else []
        patterns = [node.child_by_field_name("pattern") or node for node in listed if node.type != "comment"]
        if patterns and ref is not None:
            self._first(patterns[0], ref)
        for name, meant in _taken(patterns[1]) if len(patterns) > 1 else ():
            self._operators[name] = meant
        try:
            yield
        finally:
            self._given, self._operators = kept

    @contextmanager
    def under(self, alias: str) -> Iterator[None]:
        """Within, every table is the one that is read under an alias."""
        kept, self.inside = self.inside, alias
        try:
            yield
        finally:
            self.inside = kept

    def _first(self, pattern: Node, ref: Ref) -> None:
        if pattern.type == "identifier":
            self._given[text_of(pattern)] = ref
        elif isinstance(ref, Table | Fields):
            self._given.update({name: Column(ref, meant) for name, meant in _taken(pattern)})

    # ------------------------------------------------------------------ names
    def ref(self, node: Node, depth: int = 0) -> Ref | None:
        """What an expression stands for; None for a value."""
        node = self.scope.unwrapped(node)
        if depth > _DEPTH:
            return None
        if node.type in ("identifier", "shorthand_property_identifier"):
            return self._named(node, depth)
        if node.type == "member_expression":
            return self._member(node, depth)
        return self._made(node, depth) if node.type == "call_expression" else None

    def _named(self, node: Node, depth: int) -> Ref | None:
        name = text_of(node)
        if name in self._given:
            return self._given[name]
        if name in self.dynamic:
            return Table(name, known=False)
        meaning = self.scope.meaning(name, node.start_byte)
        if meaning.parameter is not None:
            declared = meaning.parameter[1].parameters[meaning.parameter[0]].type
            table = declared.removeprefix("typeof ")
            # `function count(table: typeof users)`
            return self._seen(table) if table != declared and table.replace(".", "").isidentifier() else None
        if meaning.loop is not None:
            # `for (const table of [orders, users])` is one query a table.
            turn = element(self.scope, meaning.loop, name)
            return self.ref(turn, depth + 1) if turn is not None else None
        if name == "undefined":
            return None
        bound = [one for one in meaning.bindings if not one.mutation and one.value is not None]
        if name in self.scope.structure.aliases and all(one.destructured or one.function is None for one in bound):
            return self._seen(name)
        if not bound:
            return self._seen(name) if meaning.module and not self._is_function(name) else None
        return self._bound(name, bound[0], depth) if len(bound) == 1 else None

    def _bound(self, name: str, binding: Binding, depth: int) -> Ref | None:
        value = self.scope.unwrapped(binding.value) if binding.value is not None else None
        if value is None:
            return None
        if binding.destructured:
            home = self.ref(value, depth + 1) if value.type in ("identifier", "member_expression") else None
            return self._seen(f"{home.name}.{name}") if isinstance(home, Table) and home.known else None
        found = self.ref(value, depth + 1)
        if found is None and binding.function is None and value.type == "call_expression":
            # `export const users = createTable("users", ..)`
            return self._seen(name)
        return found

    def _member(self, node: Node, depth: int) -> Ref | None:
        """`schema.users`, also where `schema` is an object of this file."""
        name = node.child_by_field_name("property")
        entry = self._entry(node.child_by_field_name("object"), name)
        if entry is not None:
            return self.ref(entry, depth + 1)
        home = self.ref(node.child_by_field_name("object") or node, depth + 1)
        if not isinstance(home, Table) or not home.known or home.name.startswith("*") or name is None:
            return None
        return self._seen(f"{home.name}.{text_of(name)}")

    def _entry(self, home: Node | None, name: Node | None) -> Node | None:
        """What an object of this file has under a name: `const tables = { users, bills: orders }`."""
        if home is None or name is None or home.type != "identifier" or text_of(home) in self._given:
            return None
        bound = self.scope.bound(home)
        for child in bound[0].named_children if bound is not None and bound[0].type == "object" else ():
            key = child.child_by_field_name("key")
            if text_of(key or child) == text_of(name):
                return child.child_by_field_name("value") or child
        return None

    def _made(self, node: Node, depth: int) -> Ref | None:
        """`alias(users, "u")`, `db.select(..).as("u")`, `db.$with("u").as(..)`."""
        values = given(node)
        if self.called(node) in _ALIASES and len(values) > 1:
            inner, name = self.ref(values[0], depth + 1), self.word(values[1])
            return Table(inner.name, name) if isinstance(inner, Table) and name else None
        links = downward(node, self.scope)
        last = links[-1] if links else None
        if last is None or last.method != "as" or last.first is None:
            return None
        if links[0].method == "$with" and len(links) == 2 and links[0].first is not None:
            return Derived(self.word(links[0].first), result(last.first))
        body, name = target(node), self.word(last.first)
        return Derived(name, body) if body is not None and name and self._selects(body) else None

    def _selects(self, body: Node) -> bool:
        """Whether it is a statement that is called by a name, and no expression."""
        return self.operator(self.scope.unwrapped(body)) in SETS or any(
            one.method in SELECTS for one in downward(body, self.scope)
        )

    def is_table(self, node: Node) -> bool:
        """Whether an expression can only be a whole table: `users`, `schema.users` where the file imports all of a module as `schema`."""
        node = self.scope.unwrapped(node)
        if node.type == "member_expression":
            home = node.child_by_field_name("object")
            whole = home is not None and home.type == "identifier" and self._imports.get(text_of(home)) == ""
            return whole and isinstance(self.ref(node), Table)
        return isinstance(self.ref(node), Table | Derived)

    def _seen(self, name: str) -> Table:
        return Table(name, self.inside)

    def _is_function(self, name: str) -> bool:
        return any(function.name == name for function in self.scope.structure.all_functions)

    # ------------------------------------------------------------------ words
    def word(self, node: Node) -> str:
        """A plain string, "" for anything else."""
        node = self.scope.unwrapped(node)
        if node.type not in ("string", "template_string"):
            return ""
        parts = self.scope.parts(node)
        return str(getattr(parts[0], "value", "")) if len(parts) == 1 else ""

    def called(self, node: Node) -> str:
        """The function that a call of a plain name means, by its own name where it is imported under another."""
        function = callee(node) if node.type == "call_expression" else None
        if function is None or function.type != "identifier":
            return ""
        name = text_of(function)
        if name in self._operators:
            return self._operators[name]
        imported = self._imports.get(name)
        if imported is not None and self._modules[name].partition("/")[0] in _OTHERS:
            return ""
        if imported is not None:
            return imported if imported not in ("", "default", "*") else name
        return "" if self._is_function(name) else name

    def operator(self, node: Node) -> str:
        """The operator of Drizzle's that a call is, "" for another call."""
        name = self.called(node)
        if not name and node.type == "call_expression":
            member = callee(node)
            home = member.child_by_field_name("object") if member is not None else None
            if member is not None and home is not None and home.type == "identifier":
                known = text_of(home) in self._operators.values() or text_of(home) in self._operators
                whole = text_of(home) in self.scope.structure.aliases and self._imports.get(text_of(home)) == ""
                name = text_of(member.child_by_field_name("property") or member) if known or whole else ""
        return name if name in OPERATORS else ""

    def is_tag(self, node: Node) -> bool:
        """Whether an expression is the tag `sql`."""
        if node.type == "member_expression":
            home, tag = node.child_by_field_name("object"), node.child_by_field_name("property")
            return home is not None and tag is not None and text_of(tag) == "sql" and text_of(home) in self._operators
        if node.type != "identifier":
            return False
        name = text_of(node)
        if name in self._operators:
            return self._operators[name] == "sql"
        if name in self._imports:
            return self._imports[name] == "sql"
        # Half of a file may lack its imports; a tag that is made here is another library's.
        meaning = self.scope.meaning(name, node.start_byte)
        return name == "sql" and not meaning.bindings

    @cached_property
    def _modules(self) -> Mapping[str, str]:
        return {one.alias: one.module for one in self.scope.structure.imports if one.alias}

    @cached_property
    def _imports(self) -> Mapping[str, str]:
        return {one.alias: one.name for one in self.scope.structure.imports if one.alias}


def _taken(pattern: Node) -> Iterator[tuple[str, str]]:
    """Names that a pattern binds, with what they take: `{ eq, and: both }`; a plain name takes itself."""
    if pattern.type == "identifier":
        yield text_of(pattern), text_of(pattern)
    for child in pattern.named_children if pattern.type == "object_pattern" else ():
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None:
            yield text_of(value), text_of(key)
        elif child.type == "shorthand_property_identifier_pattern":
            yield text_of(child), text_of(child)


def is_function(node: Node) -> bool:
    return node.type in _FUNCTIONS


def result(node: Node) -> Node:
    """What a function gives, where that is one expression; anything else is itself."""
    if not is_function(node):
        return node
    body = node.child_by_field_name("body")
    if body is not None and body.type == "statement_block":
        given_back = [child for child in body.named_children if child.type == "return_statement"]
        inner = given_back[-1].named_children if given_back else []
        body = inner[0] if inner else body
    return body if body is not None else node
