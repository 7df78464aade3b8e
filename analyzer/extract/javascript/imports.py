"""What a JavaScript or TypeScript file imports.

What comes in: the root of a tree. What goes out: Imports: `import` in all forms, `require` and `import()`, destructured or not. This
module does not know where a module lies.
"""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.texts import text_of
from analyzer.facts.file import Import
from analyzer.facts.source import Source, Span

# What may stand between a `require` and the declaration that names what it gives.
_PASSES = frozenset({"await_expression", "parenthesized_expression", "as_expression", "non_null_expression"})


def imports(root: Node, source: Source, names: Callable[[Node], tuple[str, ...]]) -> tuple[Import, ...]:
    """Imports in source order; `name` is "default" for a default import, "" for the module itself."""
    found: list[Import] = []
    for captures, _ in matches(source.language, "imports", root):
        module = text_of(captures["module"][0])[1:-1]
        node = captures.get("import", captures.get("export", captures.get("require", [])))[0]
        span = Span(source.path, node.start_byte, node.end_byte)
        if "export" in captures:
            pairs = list(_exported(node))
        else:
            pairs = list(_clauses(node)) if "import" in captures else list(_required(node, names))
        found.extend(Import(span, module, name, alias) for name, alias in pairs or [("", "")])
    return tuple(sorted(found, key=lambda entry: entry.span))


def _exported(node: Node) -> Iterator[tuple[str, str]]:
    """(name, alias) of `export .. from`: what keeps its name has no alias, because the file itself does not see it."""
    clauses = [child for child in node.named_children if child.type == "export_clause"]
    for specifier in (child for clause in clauses for child in clause.named_children):
        name, alias = specifier.child_by_field_name("name"), specifier.child_by_field_name("alias")
        if name is not None:
            yield text_of(name), text_of(alias) if alias is not None else ""
    if not clauses:
        yield "*", ""


def _clauses(node: Node) -> Iterator[tuple[str, str]]:
    """(name, alias) of an import statement."""
    for clause in node.named_children:
        if clause.type == "import_require_clause":
            yield from (("", text_of(child)) for child in clause.named_children if child.type == "identifier")
        if clause.type != "import_clause":
            continue
        for child in clause.named_children:
            if child.type == "identifier":
                yield "default", text_of(child)
            elif child.type == "namespace_import":
                yield from (("", text_of(name)) for name in child.named_children)
            elif child.type == "named_imports":
                yield from _specifiers(child)


def _specifiers(node: Node) -> Iterator[tuple[str, str]]:
    for child in node.named_children:
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if child.type == "import_specifier":
            yield text_of(name) if name is not None else "default", text_of(alias or name or child)


def _required(node: Node, names: Callable[[Node], tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """(name, alias) of what a `require` is bound to."""
    member, outer = "", node.parent
    while outer is not None and (outer.type in _PASSES or (outer.type == "member_expression" and not member)):
        if outer.type == "member_expression":
            member = text_of(outer.child_by_field_name("property") or outer)
        outer = outer.parent
    pattern = outer.child_by_field_name("name") if outer is not None and outer.type == "variable_declarator" else None
    if pattern is None:
        yield member, ""
    elif pattern.type == "identifier":
        yield member, text_of(pattern)
    else:
        for child in pattern.named_children:
            key = child.child_by_field_name("key")
            for name in names(child):
                yield text_of(key) if key is not None else name, name
