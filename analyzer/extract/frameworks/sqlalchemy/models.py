"""SQLAlchemy models: declarative classes, mixins, imperative tables, SQLModel.

What comes in: a Site of a declaration. What goes out: Entities and Related, and constants of types. Every class that takes from something is an entity:
whether it comes to stand for a table is known once its bases are, of other files too. This module does not know queries.
"""

from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from analyzer.extract.frameworks.framework import Declared, Site
from analyzer.extract.frameworks.sqlalchemy.annotations import key_of
from analyzer.extract.frameworks.sqlalchemy.arguments import Arguments, arguments_of
from analyzer.extract.frameworks.sqlalchemy.bodies import Body
from analyzer.extract.frameworks.sqlalchemy.classes import Class, class_of
from analyzer.extract.frameworks.sqlalchemy.custom import is_type, named_type, type_class
from analyzer.extract.frameworks.sqlalchemy.enums import enum_constants, enum_types
from analyzer.extract.frameworks.sqlalchemy.indexes import loose
from analyzer.extract.frameworks.sqlalchemy.names import call_of, is_own_path, is_true, last, path_of
from analyzer.extract.frameworks.sqlalchemy.tablenames import manner_of, table_text
from analyzer.extract.frameworks.sqlalchemy.tables import mapped_imperatively, metadata_schema, tables
from analyzer.extract.frameworks.sqlalchemy.types import sql_type
from analyzer.extract.scope import Scope
from analyzer.extract.texts import folded, text_of
from analyzer.facts.entity import Entity, HostTyped
from analyzer.facts.text import Text

FRAMEWORK = "sqlalchemy"
# https://docs.sqlalchemy.org/en/20/orm/mapping_api.html#sqlalchemy.orm.Mapper
_MINDED = frozenset({"polymorphic_on", "version_id_col"})
# Bases that give no columns, by what they are imported as.
_NEUTRAL = frozenset(
    {
        "object",
        "abc.ABC",
        "typing.Generic",
        "typing.Protocol",
        "typing_extensions.Protocol",
        "typing_extensions.Generic",
        "flask_login.UserMixin",
    }
    | {
        "flask_security.UserMixin",
        "flask_security.RoleMixin",
        "sqlalchemy_serializer.SerializerMixin",
        "flask_login.AnonymousUserMixin",
    }
)
# Packages whose classes nobody takes columns from, and classes of the language.
_STRANGE = frozenset(
    {
        "enum",
        "pydantic",
        "pydantic_settings",
        "unittest",
        "typing",
        "typing_extensions",
        "marshmallow",
        "django",
        "rest_framework",
    }
)
_OF_LANGUAGE = frozenset(
    {
        "str",
        "int",
        "dict",
        "list",
        "tuple",
        "set",
        "type",
        "Exception",
        "BaseException",
        "ValueError",
        "RuntimeError",
        "TypeError",
    }
)
_MAKERS = frozenset({"declarative_base", "generate_base", "automap_base"})
_DEFERRED = frozenset({"DeferredReflection", "AutomapBase"})


def declare(site: Site) -> Iterator[Declared]:
    """What one declaration says."""
    node = site.captures["declaration"][0]
    if node.type == "class_definition":
        one = class_of(node)
        if one is not None:
            yield from _class(one, site.scope)
    elif node.type == "assignment":
        yield from _assigned(node, site.scope)
    elif node.type == "call":
        yield from mapped_imperatively(node, site.scope)


def _assigned(node: Node, scope: Scope) -> Iterator[Declared]:
    name, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if name is None or value is None or name.type != "identifier":
        return
    if value.type == "call" and last(value) in _MAKERS:
        cls = call_of(value).named.get("cls")
        bases = (folded(cls, 200),) if cls is not None else ()
        metadata = call_of(value).named.get("metadata")
        yield Entity(
            scope.structure.span(name),
            text_of(name),
            "python",
            FRAMEWORK,
            bases=bases,
            is_table=False,
            closed=last(value) != "automap_base",
            namespace=metadata_schema(metadata, scope) if metadata is not None else None,
        )
    elif value.type == "call" and last(value).endswith("Alchemy"):
        # Flask's handle: models take from its attribute.
        cls = call_of(value).named.get("model_class")
        yield Entity(
            scope.structure.span(name),
            f"{text_of(name)}.Model",
            "python",
            FRAMEWORK,
            is_table=False,
            names="snake_case",
            bases=(folded(cls, 200),) if cls is not None and cls.type in ("identifier", "attribute") else (),
        )
    elif value.type == "attribute" and last(value) in ("Model", "Base"):
        yield Entity(
            scope.structure.span(name), text_of(name), "python", FRAMEWORK, bases=(folded(value, 200),), is_table=False
        )
    elif value.type == "call" and last(value) == "Table":
        yield from tables(name, value, scope)
    else:
        yield from named_type(name, value, scope)


def _class(one: Class, scope: Scope) -> Iterator[Declared]:
    yield from enum_constants(one.node, scope)
    if is_type(one):
        yield from type_class(one, scope)
        return
    fields = _has_fields(scope)
    table_args = arguments_of(one.said("__table_args__"), scope)
    body = Body(one, scope, fields=fields, primary=table_args.primary)
    bases = tuple(_bases(one, scope))
    if not body.made and not body.relations and _is_strange(one, scope):
        return
    yield _entity(one, body, bases, table_args, scope)
    yield from body.related


def _entity(one: Class, body: Body, bases: tuple[str, ...], table_args: Arguments, scope: Scope) -> Entity:
    span = scope.structure.span(one.name_node)
    inline = one.assigned("__table__")
    own = one.assigned("__tablename__")
    # None is how a child says that it has no table of its own.
    own = own if own is not None and own.type != "none" else None
    method = one.method("__tablename__")
    names = manner_of(method.value, scope) if method is not None else ""
    if own is None and not names:
        names = _library_manner(one, scope)
    given = own or (method.value if method is not None and not names else None)
    table = table_text(given, scope) if given is not None else None
    if inline is not None and inline.type in ("identifier", "attribute"):
        bases = (*bases, folded(inline, 200))
    if inline is not None and inline.type == "call" and last(inline) == "Table":
        return _inline(one, inline, body, scope)
    minded = _minded(one)
    attributes = tuple(
        msgspec.structs.replace(made.attribute, filled=made.attribute.filled or made.attribute.name in minded)
        for made in body.made
    )
    return Entity(
        span,
        one.name,
        "python",
        FRAMEWORK,
        table=table,
        namespace=table_args.namespace or _metadata_schema(one, scope),
        attributes=attributes,
        relations=tuple(body.relations),
        bases=bases,
        clauses=(*(clause for made in body.made for clause in made.clauses), *table_args.clauses),
        statements=(
            *(text for made in body.made for text in made.statements),
            *table_args.statements,
            *loose(one.name, scope),
        ),
        others=tuple(body.others),
        is_table=_is_table(one, bases, scope, named=table is not None),
        closed=body.whole and table_args.whole and not _is_reflected(one, inline),
        names=names,
        types=tuple(_types(one, scope)),
    )


def _metadata_schema(one: Class, scope: Scope) -> Text | None:
    """`metadata = MetaData(schema="shop")` of a base."""
    given = one.assigned("metadata")
    return metadata_schema(given, scope) if given is not None else None


def _inline(one: Class, table: Node, body: Body, scope: Scope) -> Entity:
    """A class around a table of its own."""
    found = next(tables(one.name_node, table, scope), None)
    known = tuple(made.attribute for made in body.made)
    if found is None:
        found = Entity(scope.structure.span(one.name_node), one.name, "python", FRAMEWORK, is_table=False, closed=False)
    return msgspec.structs.replace(
        found, attributes=(*found.attributes, *known), relations=tuple(body.relations), others=tuple(body.others)
    )


def _minded(one: Class) -> frozenset[str]:
    """Attributes that the mapper itself fills: what tells classes of one table apart, the number of a row's version."""
    given = one.said("__mapper_args__")
    entries = given.named_children if given is not None and given.type == "dictionary" else []
    found = [(entry.child_by_field_name("key"), entry.child_by_field_name("value")) for entry in entries]
    return frozenset(
        text_of(value).strip("\"'").rpartition(".")[2]
        for key, value in found
        if key is not None and value is not None and text_of(key).strip("\"'") in _MINDED
    )


def _is_reflected(one: Class, inline: Node | None) -> bool:
    """What the database is asked for at run time."""
    made_here = inline is not None and inline.type == "call"
    return made_here or any(last(base) in _DEFERRED for base in one.bases)


def _bases(one: Class, scope: Scope) -> Iterator[str]:
    """What it may take columns from: not the library's own classes."""
    for base in one.bases:
        node = base.named_children[0] if base.type in ("subscript", "generic_type") and base.named_children else base
        if node.type not in ("identifier", "attribute"):
            # Made by a call: nobody knows what it has.
            yield folded(node, 200)
        elif not (is_own_path(path := path_of(node, scope)) or path in _NEUTRAL):
            yield folded(node, 200)


def _is_strange(one: Class, scope: Scope) -> bool:
    """A class of another kind: an enum, an exception, a schema of what is sent."""
    paths = [path_of(base, scope) for base in one.bases]
    return any(path.partition(".")[0] in _STRANGE or path in _OF_LANGUAGE for path in paths if path not in _NEUTRAL)


def _is_table(one: Class, bases: tuple[str, ...], scope: Scope, *, named: bool) -> bool:
    if is_true(one.assigned("__abstract__")) or any(last(node) == "as_declarative" for node in one.decorators):
        return False
    if _has_fields(scope):
        return is_true(one.keywords.get("table"))
    return named or bool(bases)


def _has_fields(scope: Scope) -> bool:
    """Whether a file's classes are SQLModel's."""
    return any(module.partition(".")[0] == "sqlmodel" for module in scope.structure.modules)


def _library_manner(one: Class, scope: Scope) -> str:
    """How SQLModel names tables by itself."""
    return "lower" if _has_fields(scope) and is_true(one.keywords.get("table")) else ""


def _types(one: Class, scope: Scope) -> Iterator[HostTyped]:
    """`type_annotation_map = {datetime: DateTime(timezone=True)}`, also of a registry."""
    given = one.assigned("type_annotation_map")
    made = one.assigned("registry")
    if given is None and made is not None:
        bound = scope.bound(made)
        given = call_of(bound[0]).named.get("type_annotation_map") if bound is not None else None
    if given is not None and given.type == "identifier":
        bound = scope.bound(given)
        given = bound[0] if bound is not None else None
    for pair in given.named_children if given is not None and given.type == "dictionary" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None and key_of(key) == "Enum" and last(value) in ("Enum", "ENUM"):
            yield from enum_types(value, scope)
            continue
        found = sql_type(value, scope) if value is not None else None
        if key is not None and value is not None and found is not None:
            span = scope.structure.span(value)
            yield HostTyped(key_of(key), Text(span, found.parts(span)), Text(span, found.counting(span)))
