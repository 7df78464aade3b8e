"""What models declare held against what migrations make.

What comes in: a live history, and the candidates beside it. What goes out: differences of tables that both have, and columns that no model knows.
Which objects are missing is for the links to say. This module does not know which side is right.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.catalog.schema import Schema
from analyzer.catalog.table import Column
from analyzer.catalog.table import Table as MadeTable
from analyzer.facts.source import Span
from analyzer.program.entities.table import Table
from analyzer.program.entities.texts import Entities
from analyzer.schema.compare import comparable, compare_tables
from analyzer.schema.constraints import primary_columns
from analyzer.schema.differences import Difference
from analyzer.schema.history import History, Rival
from analyzer.schema.models import is_torn
from analyzer.schema.sources import is_inside

# What a declaration that only says a table's shape is asked for.
_SHAPE = frozenset({"type", "nullability", "primary key"})
_KEYS = frozenset({"unique", "primary key", "foreign key", "check", "index"})
_OBJECTS = frozenset({"table", "column", "order", "view"})


class ModelDifference(Struct, frozen=True):
    """A difference with the model on the right. `model` is where the model stands, `made_by` the source of the other side, in words."""

    difference: Difference
    model: Span
    made_by: str


class Unmapped(Struct, frozen=True):
    """A column of `table` that the model at `model` does not know; `filled` where the database gives it a value by itself."""

    table: str
    column: Column
    model: Span
    filled: bool


def model_differences(
    history: History, histories: Sequence[History], rivals: Sequence[Rival], entities: Entities
) -> Iterator[ModelDifference]:
    """In the order of tables. What one model of a table leaves out, and another has, is no difference: it shows a part."""
    by_table: dict[tuple[str, str], list[tuple[Table, list[Difference]]]] = {}
    for made, declared, rival, model in _pairs(history, histories, rivals, entities):
        found = [
            one
            for one in compare_tables(made, declared, history.schema, rival.schema)
            if (_is_of_shape(one, made, declared) if model.entity.shape_only else one.kind not in _OBJECTS)
            and not _is_host_default(one, model)
            and not _is_partial(one, model)
            and not _is_order(one)
        ]
        if model.entity.language == "python":
            found = [replace(one, fine=one.fine or _is_of_family(one, made, declared)) for one in found]
        by_table.setdefault((made.namespace, made.name), []).append((model, found))
    for several in by_table.values():
        lacks = [{(one.kind, one.column, one.left) for one in found if one.right is None} for _, found in several]
        common = set.intersection(*lacks)
        whole = max((model for model, _ in several), key=lambda model: len(model.attributes))
        for model, found in several:
            for one in found:
                if one.right is not None or (model is whole and (one.kind, one.column, one.left) in common):
                    one = replace(one, fine=one.fine or _is_any_text(one))  # noqa: PLW2901
                    yield ModelDifference(one, model.entity.span, history.sources[0].path or "the migrations")


def _is_any_text(one: Difference) -> bool:
    """PostgreSQL keeps the same in both: a varchar without a length is text."""
    return one.kind == "type" and {str(one.left).lower(), str(one.right).lower()} == {"varchar", "text"}


def _is_of_family(one: Difference, made: MadeTable, declared: MadeTable) -> bool:
    """Types that a host whose numbers have no bounds and whose texts have no length reads alike."""
    left, right = (table.column(one.column) if one.column else None for table in (made, declared))
    return one.kind == "type" and left is not None and right is not None and left.type.family == right.type.family


def _is_of_shape(one: Difference, made: MadeTable, declared: MadeTable) -> bool:
    """Of types a shape knows the kind: one name stands for texts of every length, and for the names that engines have for one type. Of keys it
    knows what tells rows apart.
    """
    if one.kind == "primary key":
        unique = [key.columns for key in made.unique] + [
            index.columns for index in made.indexes if index.unique and not index.where
        ]
        wanted = {column.lower() for column in primary_columns(declared)}
        return not one.fine and all({column.lower() for column in columns} != wanted for columns in unique)
    left, right = (table.column(one.column) if one.column else None for table in (made, declared))
    if one.kind != "type" or left is None or right is None:
        return one.kind in _SHAPE
    families = left.type.family, right.type.family
    loose = made.dialect != "postgres" and set(families) <= {"timestamp", "timestamptz"}
    sized = families[0] in ("int", "float") and made.dialect != "sqlite"
    return not one.fine and not loose and (sized or families[0] != families[1])


def _is_order(one: Difference) -> bool:
    """Columns of a primary key in another order: what takes them from bases does not say which comes first."""
    sides = [sorted((side or "").strip("()").split(", ")) for side in (one.left, one.right)]
    return one.kind == "primary key" and sides[0] == sides[1]


def _is_host_default(one: Difference, model: Table) -> bool:
    """A default of the database that the library fills in by itself is no difference."""
    return one.kind == "default" and any(
        known.column == one.column and known.attribute.filled for known in model.attributes.values()
    )


def _is_partial(one: Difference, model: Table) -> bool:
    """A key, check or index that the database has and the model may have too: one of the model's is not known as a whole."""
    if one.right is not None or one.kind not in _KEYS:
        return False
    return any(is_torn(text) for text in (*model.clauses, *model.statements))


def unmapped_columns(
    history: History, histories: Sequence[History], rivals: Sequence[Rival], entities: Entities
) -> Iterator[Unmapped]:
    """Columns that no model of their table knows and that take no NULL."""
    by_table: dict[tuple[str, str], list[tuple[MadeTable, Table]]] = {}
    for made, _, _, model in _pairs(history, histories, rivals, entities):
        by_table.setdefault((made.namespace, made.name), []).append((made, model))
    for pairs in by_table.values():
        made = pairs[0][0]
        known = {one.column.lower() for _, model in pairs for one in model.attributes.values()}
        if not made.closed or not all(
            model.closed and all(one.attribute.certain for one in model.attributes.values()) for _, model in pairs
        ):
            continue
        for column in made.columns:
            # What the database computes serves its indexes.
            computed = column.generated in ("stored", "virtual")
            if column.name.lower() not in known and not column.nullable and column.certain and not computed:
                yield Unmapped(made.name, column, pairs[0][1].entity.span, _is_filled(made, column))


def _is_filled(made: MadeTable, column: Column) -> bool:
    return column.default is not None or bool(column.generated) or made.is_filled(column)


def _pairs(
    history: History, histories: Sequence[History], rivals: Sequence[Rival], entities: Entities
) -> Iterator[tuple[MadeTable, MadeTable, Rival, Table]]:
    """Tables that the history makes and a model near by declares."""
    if not history.accuses or history.apart:
        return
    made = comparable(history.schema)
    for rival in rivals:
        if rival.source.kind != "models" or rival.apart or history not in _meant(rival, histories):
            continue
        declared = _by_name(rival.schema)
        for model in entities.tables:
            table = declared.get((model.physical.lower(), (model.shares or model.entity.span).path))
            twin = made.get((table.namespace, table.name)) if table is not None else None
            if table is not None and twin is not None:
                yield twin, table, rival, model


def _meant(rival: Rival, histories: Sequence[History]) -> list[History]:
    """The schemas that models are of: those of their project, else the one beside it that makes most of their tables."""
    alike = [one for one in histories if one.dialect == rival.schema.dialect and not one.apart]
    near = [one for one in alike if is_inside(rival.project, one.project) or is_inside(one.project, rival.project)]
    if near:
        return near
    shared = {id(one): len(rival.schema.tables.keys() & one.schema.tables.keys()) for one in alike}
    best = max(alike, key=lambda one: shared[id(one)], default=None)
    return [best] if best is not None and 2 * shared[id(best)] >= len(rival.schema.tables) > 0 else []


def _by_name(schema: Schema) -> dict[tuple[str, str], MadeTable]:
    return {(table.name.lower(), table.defined.path): table for table in comparable(schema).values()}
