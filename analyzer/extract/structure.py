"""The skeleton of a file: functions, loops, bindings, calls, and what a name means at a place.

What comes in: a tree and its Host. What goes out: a Structure that answers for names and nesting. This module does not know
frameworks or SQL. What counts as a function, loop, binding or call is said by `structure.scm` of the language.
"""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec
from tree_sitter import Node

from analyzer.extract.binding import Binding, LoopNode
from analyzer.extract.fates import Fates
from analyzer.extract.host import Host
from analyzer.extract.languages import Captures, matches, parse_part
from analyzer.extract.nesting import Nesting
from analyzer.extract.texts import folded, text_of
from analyzer.facts.call import Function, Loop
from analyzer.facts.file import Import
from analyzer.facts.origin import UnknownOrigin
from analyzer.facts.source import Source, Span

# Longer receivers are chains, which no name stands for; a name declared more often is no constant; deeper objects are data.
_SHORT = 80
_MANY = 64
_SQL_WORDS = re.compile(rb"select|insert|update|delete|create|alter|drop|sql|quer|pragma", re.IGNORECASE)
_NESTED = 3


class Structure:
    """Look-ups over one file; built once a file and not kept."""

    def __init__(self, source: Source, root: Node, host: Host) -> None:
        self.source = source
        self.root = root
        self.host = host
        self._found = [*matches(source.language, "structure", root), *self._declared_in_macros()]

    def span(self, node: Node) -> Span:
        return Span(self.source.path, node.start_byte, node.end_byte)

    def _declared_in_macros(self) -> Iterator[tuple[Captures, dict[str, str]]]:
        """Constants that a macro declares: `lazy_static! { static ref SQL: String = ..; }`."""
        for tokens in self.host.inner(self.root) if self.host.syntax.constants else ():
            if b"static" not in (tokens.text or b""):
                continue
            part = parse_part(self.source.content, self.source.language, tokens).root_node
            for captures, settings in matches(self.source.language, "structure", part):
                names = captures.get("binding.name", [])
                if names and names[0].parent is not None and names[0].parent.type in self.host.syntax.constants:
                    yield captures, settings

    def _captured(self, name: str) -> list[tuple[Captures, dict[str, str]]]:
        return [entry for entry in self._found if name in entry[0]]

    @cached_property
    def owners(self) -> Nesting[str]:
        """Classes, impl blocks and the like, by name."""
        return Nesting(
            (captures["owner"][0].start_byte, captures["owner"][0].end_byte, folded(captures["owner.name"][0]))
            for captures, _ in self._captured("owner")
        )

    @cached_property
    def functions(self) -> Nesting[Function]:
        by_span: dict[Span, Function] = {}
        for captures, _ in self._captured("function"):
            function = self._function(captures)
            known = by_span.get(function.span)
            # A function expression matches alone and again with the variable that names it.
            if known is None or not known.name:
                by_span[function.span] = function
        return Nesting((span.start, span.end, function) for span, function in by_span.items())

    def _function(self, captures: Captures) -> Function:
        node = captures["function"][0]
        name = text_of(captures["function.name"][0]) if "function.name" in captures else ""
        owner = self.owners.innermost(node.start_byte) or ""
        parameters = (
            self.host.parameters(captures["function.parameters"][0]) if "function.parameters" in captures else ()
        )
        qualified = f"{owner}.{name}" if owner and name else name
        return Function(self.span(node), name, qualified, parameters, owner)

    @cached_property
    def loops(self) -> Nesting[LoopNode]:
        """Loops by the range that runs once a turn: the sequence itself is evaluated outside."""
        ranges: list[tuple[int, int, LoopNode]] = []
        merged: dict[Span, Loop] = {}
        bodies: dict[Span, tuple[list[Node], Node | None]] = {}
        for captures, settings in self._captured("loop"):
            node = captures["loop"][0]
            over = captures["loop.over"][0] if "loop.over" in captures else None
            names = tuple(name for pattern in captures.get("loop.variable", []) for name in self.host.names(pattern))
            loop = Loop(
                span=self.span(node),
                kind=settings.get("kind", "for"),  # type: ignore[arg-type]
                variables=names,
                over=UnknownOrigin(),
                over_text=text_of(over)[:200] if over is not None else "",
                function=self.function_at(node.start_byte),
            )
            known = merged.get(loop.span)
            if known is not None:
                # `for (let i = 0, n = 3; ..)` matches once a variable.
                loop = msgspec.structs.replace(loop, variables=tuple(dict.fromkeys((*known.variables, *names))))
            merged[loop.span] = loop
            bodies[loop.span] = (captures["loop.body"], over)
        # Clauses of one comprehension share its body: the outer one comes first.
        for span, (nodes, over) in sorted(bodies.items(), key=lambda entry: (entry[0].start, -entry[0].end)):
            ranges.extend((body.start_byte, body.end_byte, LoopNode(merged[span], over)) for body in nodes)
        return Nesting(ranges)

    @cached_property
    def all_functions(self) -> tuple[Function, ...]:
        return tuple(sorted(self.functions.values, key=lambda function: function.span))

    @cached_property
    def call_captures(self) -> list[Captures]:
        found = {captures["call"][0].id: captures for captures, _ in self._captured("call")}
        return sorted(
            found.values(), key=lambda captures: (captures["call"][0].start_byte, captures["call"][0].end_byte)
        )

    @cached_property
    def returned(self) -> list[Node]:
        """What functions return, and the bodies of those that are no blocks."""
        return [captures["return.value"][0] for captures, _ in self._captured("return.value")]

    def function_at(self, offset: int) -> Span | None:
        """The innermost named function around a byte, or the outermost anonymous one."""
        around = self.functions.around(offset)
        named = [function for function in around if function.name]
        return named[-1].span if named else (around[0].span if around else None)

    def loops_at(self, offset: int) -> tuple[Span, ...]:
        """Loops around a byte that lie inside its named function, outermost first, each once."""
        around = self.loops.around(offset)
        function = self.function_at(offset) if around else None
        start = function.start if function else 0
        spans = (entry.loop.span for entry in around if entry.loop.span.start >= start)
        return tuple(dict.fromkeys(spans))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return self.host.imports(self.root, self.source)

    @cached_property
    def fates(self) -> Fates:
        """What happens when a call fails."""
        return Fates(self.source, self.root, self.host.failures)

    @cached_property
    def speaks_sql(self) -> bool:
        """Whether a word that begins a statement stands anywhere in the file, or a name that sounds like one."""
        return _SQL_WORDS.search(self.source.content) is not None

    @cached_property
    def aliases(self) -> frozenset[str]:
        """Names that imports bind in this file."""
        return frozenset(entry.alias for entry in self.imports if entry.alias)

    @cached_property
    def modules(self) -> frozenset[str]:
        """What the file imports, by the names of the modules."""
        return frozenset(entry.module for entry in self.imports)

    @cached_property
    def blocks(self) -> Nesting[tuple[int, int]]:
        """Ranges that names may be confined to, where the language has such."""
        nodes = (captures["block"][0] for captures, _ in self._captured("block"))
        return Nesting((node.start_byte, node.end_byte, (node.start_byte, node.end_byte)) for node in nodes)

    @cached_property
    def calls_on(self) -> dict[str, list[Node]]:
        """Method calls by the source text of what they are called on (`db`, `this.find`), where that is short."""
        found: dict[str, list[Node]] = {}
        for captures in self.call_captures:
            callee = self._plain(captures["call.callee"][0])
            field = self.host.syntax.members.get(callee.type)
            target = callee.child_by_field_name(field) if field else None
            if target is not None and target.end_byte - target.start_byte <= _SHORT:
                found.setdefault(folded(target).rstrip("!?"), []).append(captures["call"][0])
        return found

    @cached_property
    def bindings(self) -> dict[str, list[Binding]]:
        """Bindings by name in source order; entries of an object literal by their dotted name."""
        found: dict[tuple[str, int], Binding] = {}
        for captures, settings in self._captured("binding.name"):
            for pattern in captures["binding.name"]:
                for binding in self._bindings_of(pattern, captures, settings):
                    known = found.get((binding.name, binding.start))
                    # `Object.freeze({..})` matches as a call and again as what it freezes.
                    if known is None or (binding.value is not None and binding.value.type in self.host.syntax.objects):
                        found[binding.name, binding.start] = binding
        by_name: dict[str, list[Binding]] = {}
        for binding in sorted(found.values(), key=lambda entry: entry.start):
            by_name.setdefault(binding.name, []).append(binding)
        declared = {name: [b for b in bindings if not b.outer] for name, bindings in by_name.items()}
        for name, bindings in by_name.items():
            bindings[:] = [self._at_home(b, declared[name]) if b.outer else b for b in bindings]
        for bindings in list(by_name.values()):
            if len(bindings) == 1 and bindings[0].value is not None and not bindings[0].destructured:
                for entry in self._entries(bindings[0], bindings[0].value, 0):
                    by_name.setdefault(entry.name, []).append(entry)
        return by_name

    @cached_property
    def members(self) -> dict[tuple[str, str], Node | None]:
        """What a class keeps under a name, by (class, name); None where it is set more than once, or changed."""
        found: dict[tuple[str, str], Node | None] = {}
        for captures, _ in self._captured("member.name"):
            name = captures["member.name"][0]
            key = (self.owners.innermost(name.start_byte) or "", text_of(name))
            found[key] = captures["member.value"][0] if "member.value" in captures and key not in found else None
        return found

    @cached_property
    def bindings_in(self) -> dict[tuple[str, Span | None], list[Binding]]:
        """Bindings by name and function."""
        found: dict[tuple[str, Span | None], list[Binding]] = {}
        for name, bindings in self.bindings.items():
            for binding in bindings:
                found.setdefault((name, binding.function), []).append(binding)
        return found

    def _bindings_of(self, pattern: Node, captures: Captures, settings: dict[str, str]) -> Iterator[Binding]:
        value = captures["binding.value"][0] if "binding.value" in captures else None
        syntax = self.host.syntax
        plain = pattern.type in syntax.identifiers or pattern.type in syntax.members
        function = self.functions.innermost(pattern.start_byte)
        names = (folded(pattern),) if plain else self.host.names(pattern)
        for name in names:
            yield Binding(
                name,
                value,
                pattern.start_byte,
                function.span if function else None,
                mutation="mutation" in settings,
                destructured=not plain and names != (text_of(pattern),),
                block=self.blocks.innermost(pattern.start_byte) if "block" in settings else None,
                outer="outer" in settings,
            )

    def _at_home(self, binding: Binding, declared: list[Binding]) -> Binding:
        """An assignment belongs to the function and block that declare its name; to the module where none does."""
        functions = self.functions.around(binding.start)
        for function in reversed(functions):
            here = [
                b
                for b in declared[:_MANY]
                if b.function == function.span and (b.block is None or b.block[0] <= binding.start < b.block[1])
            ]
            if here:
                inner = max(here, key=lambda b: b.block or (0, 0))
                return msgspec.structs.replace(binding, function=function.span, block=inner.block)
            if any(p.name == binding.name or binding.name in p.names for p in function.parameters):
                return msgspec.structs.replace(binding, function=function.span)
        return msgspec.structs.replace(binding, function=None)

    def _plain(self, node: Node) -> Node:
        """The expression without parentheses, awaits, casts."""
        while node.type in self.host.syntax.wrappers and node.named_children:
            node = node.named_children[0]
        return node

    def _entries(self, binding: Binding, value: Node, depth: int) -> Iterator[Binding]:
        """`const SQL = { find: ".." }` binds `SQL.find`."""
        value = self._plain(value)
        if value.type not in self.host.syntax.objects or depth > _NESTED:
            return
        type_, key_field, value_field = self.host.syntax.objects[value.type]
        for child in value.named_children:
            key, inner = child.child_by_field_name(key_field), child.child_by_field_name(value_field)
            if child.type == type_ and key is not None and inner is not None and text_of(key).isidentifier():
                entry = msgspec.structs.replace(
                    binding, name=f"{binding.name}.{text_of(key)}", value=inner, start=key.start_byte
                )
                yield entry
                yield from self._entries(entry, inner, depth + 1)
