"""Source -> FileFacts, by language.

What comes in: a Source. What goes out: its facts and what could not be read. Never raises on any bytes. This module does not know
frameworks or grammars beyond asking for them.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from tree_sitter import Node

from analyzer.extract.build_settings import build_settings
from analyzer.extract.calls import Handing, call, items
from analyzer.extract.frameworks.framework import Declarations, Declared, Site
from analyzer.extract.frameworks.registry import all_frameworks
from analyzer.extract.host import Host
from analyzer.extract.languages import LANGUAGES, matches, parse, parse_part
from analyzer.extract.objects.collecting import objects
from analyzer.extract.package import exports
from analyzer.extract.push_commands import pushes
from analyzer.extract.query_cache import cached_queries, unread
from analyzer.extract.registries import registries
from analyzer.extract.returns import functions
from analyzer.extract.scope import Scope
from analyzer.extract.scripts import connections, scripts
from analyzer.extract.sites import queries
from analyzer.extract.snapshots import snapshot
from analyzer.extract.structure import Structure
from analyzer.extract.suppressions import suppressions
from analyzer.extract.texts import text_of
from analyzer.extract.tsconfig import aliases, extends
from analyzer.facts.call import Call, Loop
from analyzer.facts.document import DocumentModel, DocumentShape
from analyzer.facts.entity import Entity, Naming, Related, Renamed
from analyzer.facts.file import Constant, FileError, FileFacts
from analyzer.facts.model import Model
from analyzer.facts.part.written import HolePart
from analyzer.facts.query import Query
from analyzer.facts.revision import Revision, Routine
from analyzer.facts.source import Language, Source, Span

_MACRO_DEPTH = 3


@cache
def _host(language: Language) -> Host | None:
    match language:
        case "rust":
            from analyzer.extract.rust.host import Rust  # noqa: PLC0415 - a language is loaded when a file of it is met

            return Rust()
        case "javascript" | "typescript" | "tsx":
            from analyzer.extract.javascript.host import JavaScript  # noqa: PLC0415 - as above

            return JavaScript()
        case "python":
            from analyzer.extract.python.host import Python  # noqa: PLC0415 - as above

            return Python()
        case _:
            return None


def extract(source: Source) -> FileFacts:
    """All facts of one file."""
    entries, errors = cached_queries(source)
    whole, unknown = snapshot(source)
    facts = FileFacts(
        path=source.path,
        digest=hashlib.sha256(source.content).hexdigest(),
        language=source.language,
        role=source.role,
        project=source.project,
        layout=source.layout,
        scripts=tuple(scripts(source)),
        connections=tuple(connections(source)),
        suppressions=tuple(suppressions(source.path, source.content)) if source.language != "build" else (),
        aliases=tuple(aliases(source)),
        extends=extends(source),
        exports=exports(source),
        cached=entries,
        settings=(*build_settings(source), *pushes(source)),
        snapshot=whole,
        errors=(*errors, *unknown),
    )
    host = _host(source.language) if source.language in LANGUAGES else None
    return facts if host is None else _code(facts, source, host)


def _code(facts: FileFacts, source: Source, host: Host) -> FileFacts:
    root = parse(source.content, source.language).root_node
    structure = Structure(source, root, host)
    scope = Scope(structure)
    errors: tuple[FileError, ...] = ()
    place = _first_error(root, host) if root.has_error else None
    if place is not None:
        errors = (FileError(source.path, "syntax error: facts of this file may be partial", Span(source.path, *place)),)
    queries, declared = _sites(source, root, scope)
    # What a migration sends is its history's, not the program's.
    steps = {one.text.span for step in declared if isinstance(step, Revision) for one in (*step.up, *step.down)}
    queries = tuple(one for one in queries if one.span not in steps)
    models = host.models(root, source)
    return msgspec.structs.replace(
        facts,
        queries=queries,
        models=models,
        enumerations=host.enumerations(root, source),
        holders=host.holders(root, source),
        entities=tuple(one for one in declared if isinstance(one, Entity)),
        related=tuple(one for one in declared if isinstance(one, Related)),
        namings=tuple(one for one in declared if isinstance(one, Naming)),
        renamed=tuple(one for one in declared if isinstance(one, Renamed)),
        revisions=tuple(one for one in declared if isinstance(one, Revision)),
        routines=tuple(one for one in declared if isinstance(one, Routine)),
        functions=functions(structure, scope),
        calls=_calls(structure, scope),
        loops=_loops(structure, scope),
        constants=(*_constants(structure, scope), *(one for one in declared if isinstance(one, Constant))),
        imports=structure.imports,
        tests=tuple(sorted(structure.span(node) for node in host.tests(root))),
        registries=registries(scope, root),
        unread=tuple(unread(source, root, queries)),
        errors=errors,
        **_documents(source, scope, host, models),
    )


def _documents(source: Source, scope: Scope, host: Host, models: tuple[Model, ...]) -> dict[str, Any]:
    """Values, and the shapes and models declared by them, where a library of documents is near."""
    active = [one for one in all_frameworks() if one.documents is not None and one.is_active(source)]
    collector = host.objects
    if not active or collector is None:
        return {}
    found = objects(scope, collector)
    read = Declarations(found, models, source, scope.structure.imports, scope.structure.all_functions)
    declared = [one for framework in active if framework.documents is not None for one in framework.documents(read)]
    return {
        "objects": found,
        "shapes": tuple(one for one in declared if isinstance(one, DocumentShape)),
        "document_models": tuple(one for one in declared if isinstance(one, DocumentModel)),
    }


def _sites(source: Source, root: Node, scope: Scope) -> tuple[tuple[Query, ...], tuple[Declared, ...]]:
    """The query sites of a file, and what libraries declare in it, in source order."""
    found: dict[tuple[int, int], list[Query]] = {}
    declared: list[Declared] = []
    active = [framework for framework in all_frameworks() if framework.is_active(source)]
    roots = [root, *_inside(source, root, scope)] if active else []
    for framework, tree in ((framework, tree) for framework in active for tree in roots):
        for captures, settings in matches(source.language, framework.name, tree):
            site = Site(captures, settings, scope, source)
            if "declaration" in captures and framework.declare is not None:
                declared.extend(framework.declare(site))
            if "query" not in captures:
                continue
            claimed: dict[tuple[int, int], list[Query]] = {}
            for query in queries(site, framework):
                claimed.setdefault((query.span.start, query.span.end), []).append(query)
            for place, more in claimed.items():
                # Two frameworks may claim one call: the first by name keeps it, unless the other knows more of it.
                known = found.get(place)
                if known is None or (known[0].row is None and more[0].row is not None):
                    found[place] = more
    kept = tuple(query for place in sorted(found) for query in found[place])
    return kept, tuple(dict.fromkeys(sorted(declared, key=lambda one: one.span)))


def _inside(source: Source, root: Node, scope: Scope) -> Iterator[Node]:
    """Trees of the code inside macros, macros in macros included."""
    pending = [(root, 0)]
    while pending:
        tree, depth = pending.pop()
        for tokens in scope.host.inner(tree):
            part = parse_part(source.content, source.language, tokens).root_node
            yield part
            if depth < _MACRO_DEPTH:
                pending.append((part, depth + 1))


@cache
def _handing(language: Language) -> Handing | None:
    """What reads the objects that calls are given, in languages that write them down as literals."""
    if language not in ("javascript", "typescript", "tsx"):
        return None
    from analyzer.extract.javascript.handed import handed_rows  # noqa: PLC0415 - as a host

    return handed_rows


def _calls(structure: Structure, scope: Scope) -> tuple[Call, ...]:
    handing = _handing(structure.source.language)
    return tuple(
        call(scope, captures["call"][0], captures["call.callee"][0], captures.get("call.arguments", [None])[0], handing)
        for captures in structure.call_captures
    )


def _loops(structure: Structure, scope: Scope) -> tuple[Loop, ...]:
    done: dict[Span, Loop] = {}
    for entry in structure.loops.values:
        if entry.over is None:
            done[entry.loop.span] = entry.loop
            continue
        done[entry.loop.span] = msgspec.structs.replace(
            entry.loop,
            over=scope.origin(entry.over),
            items=items(scope, entry.over),
            loops=tuple(span for span in structure.loops_at(entry.loop.span.start) if span != entry.loop.span),
        )
    return tuple(done[span] for span in sorted(done))


def _constants(structure: Structure, scope: Scope) -> tuple[Constant, ...]:
    """Module-level and class-level names that are bound once and evaluate to some text."""
    found = []
    for name, bindings in structure.bindings.items():
        by_owner: dict[str, list[int]] = {}
        for index, binding in enumerate(bindings):
            if binding.function is None and binding.block is None:
                owner = structure.owners.innermost(binding.start) or ""
                by_owner.setdefault(owner, []).append(index)
        for owner, indexes in by_owner.items():
            value = bindings[indexes[0]].value
            if len(indexes) != 1 or value is None or bindings[indexes[0]].destructured:
                continue
            text = scope.text(value)
            if text.parts and not all(isinstance(part, HolePart) for part in text.parts):
                qualified = f"{owner}.{name}" if owner else name
                found.append(Constant(structure.span(value), qualified, text))
    return tuple(sorted(found, key=lambda constant: constant.span))


def _first_error(root: Node, host: Host) -> tuple[int, int] | None:
    """The bytes of the first node that could not be parsed; None where all errors are the grammar's own."""
    stack = [root]
    while stack:
        node = stack.pop()
        for child in node.children:
            if (child.is_error or child.is_missing) and not _is_recovered(node, child, host):
                return child.start_byte, max(child.end_byte, child.start_byte + 1)
        stack.extend(child for child in reversed(node.children) if child.has_error and not child.is_error)
    return None


def _is_recovered(outer: Node, error: Node, host: Host) -> bool:
    if error.is_missing:
        return (outer.type, error.type) in host.syntax.recovered
    if not error.named_children:
        return (outer.type, text_of(error)) in host.syntax.recovered
    return len(error.named_children) == 1 and ("ERROR", error.named_children[0].type) in host.syntax.recovered
