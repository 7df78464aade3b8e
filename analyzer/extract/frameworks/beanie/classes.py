"""What Beanie makes of the classes of a file: which are documents, what their Settings say.

What comes in: values of one file. What goes out: answers about its classes. Source: https://beanie-odm.dev (defining a document, inheritance) and Beanie's
`odm/utils/init.py`. This module does not know fields.
"""

from analyzer.extract.objects.declared import DeclaredValues, is_literal
from analyzer.facts.value import Class, Value

DOCUMENTS = frozenset({"Document", "DocumentWithSoftDelete"})
# Bases that bring neither fields nor a collection.
_PLAIN = frozenset({"BaseModel", "object", "ABC", "Generic", "Protocol"}) | DOCUMENTS
_DEPTH = 12


def last_names(names: tuple[str, ...]) -> set[str]:
    return {name.rpartition(".")[2] for name in names}


def is_document(one: Class, read: DeclaredValues, depth: int = 0) -> bool:
    """Whether a class, or one of this file that it takes from, is a document by its base or by its Settings."""
    bases = read.bases(one)
    if DOCUMENTS & last_names(bases):
        return True
    return depth < _DEPTH and any(
        base in read.classes and is_document(read.classes[base], read, depth + 1) for base in bases
    )


def is_data(one: Class, read: DeclaredValues, depth: int = 0) -> bool:
    """Whether a class is a pydantic one, as far as this file says."""
    bases = read.bases(one)
    if not bases:
        return False
    if "BaseModel" in last_names(bases) or is_document(one, read):
        return True
    known = any(
        base in read.classes and depth < _DEPTH and is_data(read.classes[base], read, depth + 1) for base in bases
    )
    return known or bool(unknown(one, read) and one.attributes)


def unknown(one: Class, read: DeclaredValues, depth: int = 0) -> tuple[str, ...]:
    """The bases of a class, and of those it takes from here, that stand in other files."""
    found: list[str] = []
    for base in read.bases(one):
        if base in read.classes and depth < _DEPTH:
            found.extend(unknown(read.classes[base], read, depth + 1))
        elif base.rpartition(".")[2] not in _PLAIN:
            found.append(base)
    return tuple(dict.fromkeys(found))


def setting(one: Class, read: DeclaredValues, name: str, depth: int = 0) -> Value | None:
    """What `Settings` says, its own or that of the nearest base that has one."""
    own = read.classes.get(f"{one.name}.Settings")
    if own is not None:
        found = read.kept(f"{own.name}.{name}")
        nested = [base for base in read.bases(own) if base.endswith(".Settings")]
        return found if found is not None or not nested else read.kept(f"{nested[0]}.{name}")
    for base in read.bases(one) if depth < _DEPTH else ():
        if base in read.classes and (found := setting(read.classes[base], read, name, depth + 1)) is not None:
            return found
    return None


def parent_of(one: Class, read: DeclaredValues) -> str:
    """The class of this file whose collection it shares."""
    for base in read.bases(one):
        known = read.classes.get(base)
        if known is not None and is_document(known, read) and is_literal(setting(known, read, "is_root"), "true"):
            return parent_of(known, read) or base
    return ""


def foreign(bases: tuple[str, ...]) -> tuple[str, ...]:
    """Those bases that bring fields."""
    return tuple(base for base in bases if base.rpartition(".")[2] not in _PLAIN)
