"""Which names are tags of postgres.js, and which templates are fragments of others.

What comes in: a Scope. What goes out: answers about nodes. This module does not know SQL.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.frameworks.framework import Site
from analyzer.extract.javascript.literals import pieces
from analyzer.extract.scope import Scope
from analyzer.extract.texts import text_of
from analyzer.facts.part.written import LiteralPart

# What makes a tag, by module: the default export of `postgres`, `neon` ..; names that are tags themselves.
_MAKERS = {"postgres": "default", "@neondatabase/serverless": "neon", "bun": "SQL"}
_TAGS = {"@vercel/postgres": frozenset({"sql", "db", "createPool", "createClient"}), "bun": frozenset({"sql"})}
_DEPENDENCIES = frozenset({"postgres", "@vercel/postgres", "@neondatabase/serverless"})
# Other libraries with a tag `sql`.
_RIVALS = frozenset(
    {"drizzle-orm", "kysely", "slonik", "@prisma/client", "@prisma/extension-accelerate", "sql-template-strings", "sql-template-tag",
     "@databases/pg", "@databases/sql", "pg-sql2", "@nearform/sql", "squid", "@ts-safeql/sql-tag", "zapatos", "pgtyped", "@pgtyped/runtime",
     "@mikro-orm/core", "typeorm", "lit", "knex", "objection"}
)  # fmt: skip
_BEGINS = frozenset({"begin", "savepoint", "reserve", "transaction"})
_CLIMB = 12
_LOOK = 400


class Tags:
    """Answers over one file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._structure = scope.structure

    def is_tag(self, node: Node, depth: int = 0) -> bool:
        """Whether an expression is a tag that sends its template to PostgreSQL."""
        node = self._scope.unwrapped(node)
        if node.type == "member_expression":
            property_ = node.child_by_field_name("property")
            return property_ is not None and text_of(property_) == "sql" and self._is_likely()
        if node.type != "identifier" or depth > _CLIMB:
            return False
        name, meaning = text_of(node), self._scope.meaning(text_of(node), node.start_byte)
        if meaning.parameter is not None:
            return self._is_begun(node, depth) or (name == "sql" and self._is_likely())
        values = [binding.value for binding in meaning.bindings if binding.value is not None and not binding.outer]
        if len(values) == 1 and not self._is_required(values[0]):
            return self._is_made(values[0], depth)
        if values or meaning.loop is not None:
            return name == "sql" and self._is_likely() and len(values) == 1
        return self._is_imported(name)

    def _is_made(self, value: Node, depth: int) -> bool:
        """`postgres(..)`, `neon(url)`, `new SQL()`, or another name of a tag."""
        value = self._scope.unwrapped(value)
        if value.type not in ("call_expression", "new_expression"):
            return value.type == "identifier" and self.is_tag(value, depth + 1)
        callee = value.child_by_field_name("function") or value.child_by_field_name("constructor")
        name = text_of(callee) if callee is not None and callee.type == "identifier" else ""
        makers = {
            entry.alias
            for entry in self._structure.imports
            if entry.module in _MAKERS and entry.name in ("", _MAKERS[entry.module])
        }
        return name in makers

    def _is_required(self, value: Node) -> bool:
        """`const sql = require("./db")` is an import."""
        return text_of(value)[:9] == "require("

    def _is_imported(self, name: str) -> bool:
        """A tag of a known module, or `sql` of a module of the project's own."""
        entries = [entry for entry in self._structure.imports if entry.alias == name]
        if any(entry.name in _TAGS.get(entry.module, ()) for entry in entries):
            return True
        local = any(entry.module.startswith((".", "@/", "~/", "#", "$")) for entry in entries)
        return name == "sql" and local and self._is_likely()

    def _is_likely(self) -> bool:
        """Whether a tag made elsewhere can only be this one."""
        project = self._structure.source.project
        return (
            project.depends_on(_DEPENDENCIES)
            and not project.depends_on(_RIVALS)
            and not self._structure.modules & _RIVALS
        )

    def _is_begun(self, node: Node, depth: int) -> bool:
        """Whether a parameter is the transaction of `sql.begin(async (tx) => ..)`."""
        meaning = self._scope.meaning(text_of(node), node.start_byte).parameter
        if meaning is None or meaning[0] != 0:
            return False
        for begin in self._begins():
            arguments = begin.child_by_field_name("arguments")
            inside = arguments is not None and any(
                child.start_byte == meaning[1].span.start for child in arguments.named_children
            )
            callee = self._scope.unwrapped(begin.child_by_field_name("function") or begin)
            target = callee.child_by_field_name("object")
            if inside and target is not None and self.is_tag(target, depth + 1):
                return True
        return False

    def _begins(self) -> Iterator[Node]:
        for calls in self._structure.calls_on.values():
            for call in calls:
                callee = self._scope.unwrapped(call.child_by_field_name("function") or call)
                property_ = callee.child_by_field_name("property")
                if property_ is not None and text_of(property_) in _BEGINS:
                    yield call

    def is_fragment(self, node: Node) -> bool:
        """Whether a template stands inside what another template interpolates."""
        outer = node.parent
        for _ in range(_CLIMB):
            if outer is None or outer.type in ("statement_block", "program", "expression_statement"):
                return False
            if outer.type == "template_substitution":
                return True
            outer = outer.parent
        return False

    def fragment(self, node: Node) -> Node | None:
        """The template of ``sql`..` ``; None for anything else."""
        if node.type != "call_expression":
            return None
        function, template = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        tagged = function is not None and template is not None and template.type == "template_string"
        return template if tagged and function is not None and self.is_tag(function) else None

    def mentions(self, node: Node) -> bool:
        """Whether a tag stands anywhere in an expression."""
        stack, budget = [node], _LOOK
        while stack and budget:
            child, budget = stack.pop(), budget - 1
            if child.type == "identifier" and self.is_tag(child):
                return True
            stack.extend(child.named_children)
        return False

    @staticmethod
    def pieces(node: Node, site: Site) -> Iterator[tuple[LiteralPart | None, Node | None]]:
        """Literals and interpolated expressions of a template, in order."""
        return pieces(node, site.source)
