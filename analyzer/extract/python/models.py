"""Python classes as models: dataclasses, attrs, named tuples, typed dicts, pydantic models, msgspec structs.

What comes in: nodes of tree-sitter-python. What goes out: Models whose fields include those of bases in the same file; `bases` are the
others. Source: the documentation of `dataclasses`, `attrs`, `typing`, pydantic, msgspec. This module does not know ORMs.
"""

from collections.abc import Iterator

from tree_sitter import Node

from analyzer.extract.languages import matches
from analyzer.extract.python.strings import is_plain, literal
from analyzer.extract.python.types import host_type
from analyzer.extract.texts import folded, text_of
from analyzer.facts.model import Field, HostType, Model, ModelKind
from analyzer.facts.source import Source, Span

_DECORATORS = {
    "dataclass": "dataclass",
    "define": "attrs",
    "frozen": "attrs",
    "mutable": "attrs",
    "attrs": "attrs",
    "s": "attrs",
}
_BASES = {"NamedTuple": "namedtuple", "TypedDict": "typeddict", "BaseModel": "pydantic", "Struct": "msgspec"}
_PLAIN_BASES = frozenset({"Generic", "Protocol", "ABC", "object"})
_FACTORIES = frozenset({"field", "Field", "ib", "attrib"})
_ALIASES = frozenset({"alias", "validation_alias"})
_VALIDATORS = ("validator", "serializer", "converter")


def models(root: Node, source: Source) -> tuple[Model, ...]:
    """Every class that is sure to take its fields by name or position."""
    nodes = sorted(
        (captures["model"][0] for captures, _ in matches("python", "models", root)), key=lambda n: n.start_byte
    )
    known: dict[str, Model] = {}
    found = []
    for node in nodes:
        model = _model(node, source, known)
        if model is not None:
            known[model.name] = model
            found.append(model)
    return tuple(found)


def _model(node: Node, source: Source, known: dict[str, Model]) -> Model | None:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    bases = [folded(base) for base in _bases(node)]
    decorators = [_last(decorator) for decorator in _decorators(node)]
    inherited = [known[base] for base in bases if base in known]
    framework = next((_DECORATORS[text] for text in decorators if text in _DECORATORS), "") or next(
        (_BASES[text] for base in bases if (text := base.rpartition(".")[2].partition("[")[0]) in _BASES), ""
    )
    framework = framework or next((model.framework for model in inherited), "")
    if not framework or name is None or body is None:
        return None
    own = {field.name: field for field in _fields(body, framework, source)}
    fields = {field.name: field for model in inherited for field in model.fields} | own
    kind: ModelKind = "dto" if framework == "pydantic" else "row"
    others = tuple(base for base in bases if base not in known and _is_foreign(base))
    return Model(
        Span(source.path, name.start_byte, name.end_byte), text_of(name), kind, "python", tuple(fields.values()),
        bases=others, framework=framework,
    )  # fmt: skip


def _is_foreign(base: str) -> bool:
    name = base.rpartition(".")[2].partition("[")[0]
    return name not in _BASES and name not in _PLAIN_BASES


def _bases(node: Node) -> Iterator[Node]:
    superclasses = node.child_by_field_name("superclasses")
    for child in superclasses.named_children if superclasses is not None else ():
        if child.type in ("identifier", "attribute", "subscript"):
            yield child


def _decorators(node: Node) -> Iterator[Node]:
    parent = node.parent
    for child in parent.named_children if parent is not None and parent.type == "decorated_definition" else ():
        if child.type == "decorator" and child.named_children:
            yield child.named_children[0]


def _last(node: Node) -> str:
    """`attrs.define(slots=True)` is `define`."""
    function = node.child_by_field_name("function") if node.type == "call" else node
    return folded(function or node).rpartition(".")[2]


def _fields(body: Node, framework: str, source: Source) -> Iterator[Field]:
    # What runs between the row and the field may turn any value into another.
    changed = any(_changes(child) for child in body.named_children)
    for statement in body.named_children:
        assignment = statement.named_children[0] if statement.named_children else None
        if statement.type != "expression_statement" or assignment is None or assignment.type != "assignment":
            continue
        name, type_ = assignment.child_by_field_name("left"), assignment.child_by_field_name("type")
        if name is None or type_ is None or name.type != "identifier" or text_of(name).startswith("_"):
            continue
        declared = host_type(type_)
        if declared.name not in ("ClassVar", "KW_ONLY"):
            yield _field(assignment, text_of(name), declared, framework, source, changed=changed)


def _field(node: Node, name: str, type_: HostType, framework: str, source: Source, *, changed: bool) -> Field:
    value = node.child_by_field_name("right")
    settings = _settings(value) if value is not None else {}
    factory = value is not None and value.type == "call" and _last(value) in _FACTORIES
    default = _has_default(settings) if factory else value is not None
    alias = next((settings[key] for key in _ALIASES if key in settings and is_plain(settings[key])), None)
    return Field(
        Span(source.path, node.start_byte, node.end_byte),
        name,
        literal(alias, source).value if alias is not None and framework in ("pydantic", "attrs") else name,
        type_,
        opaque=changed or "converter" in settings,
        # pydantic 1 gives an optional field a default of its own, pydantic 2 does not.
        default=default or (framework == "pydantic" and type_.optional),
        skip="init" in settings and text_of(settings["init"]) == "False",
    )


def _settings(value: Node) -> dict[str, Node]:
    """The arguments of `field(default=..)`, a first positional one as `default`; empty where the value is no such call."""
    arguments = value.child_by_field_name("arguments") if value.type == "call" and _last(value) in _FACTORIES else None
    found: dict[str, Node] = {}
    for index, child in enumerate(arguments.named_children if arguments is not None else ()):
        key, inner = child.child_by_field_name("name"), child.child_by_field_name("value")
        if child.type == "keyword_argument" and key is not None and inner is not None:
            found[text_of(key)] = inner
        elif index == 0 and child.type != "comment":
            found["default"] = child
    return found


def _has_default(settings: dict[str, Node]) -> bool:
    given = [settings[key] for key in ("default", "default_factory", "factory") if key in settings]
    return any(node.type != "ellipsis" for node in given)


def _changes(statement: Node) -> bool:
    """A validator or `__post_init__`."""
    function = statement.child_by_field_name("definition") or statement
    if function.type != "function_definition":
        return False
    name = function.child_by_field_name("name")
    if name is not None and text_of(name) in ("__post_init__", "__attrs_post_init__", "model_post_init"):
        return True
    return any(any(word in _last(decorator) for word in _VALIDATORS) for decorator in _decorators(function))
