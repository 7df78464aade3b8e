"""Shapes of documents as text: `User: name string! unique | tags [string]? | address {Address}` and so on, a line each.

`!` is required, `=` filled in by the library, `[..]` many, `->` what it refers to, `(..)` what may stand there, `as` another name in code.
"""

from analyzer.facts.document import DocumentField, DocumentModel, DocumentShape
from analyzer.facts.file import FileFacts
from tests.values import shown


def fields(facts: FileFacts, name: str) -> list[str]:
    return [field(one) for one in shape(facts, name).fields]


def shape(facts: FileFacts, name: str) -> DocumentShape:
    (found,) = [one for one in facts.shapes if one.name == name]
    return found


def field(one: DocumentField) -> str:
    kind = "/".join(one.kinds) or "?"
    inner = "{" + ", ".join(field(inside) for inside in one.fields) + "}" if one.fields else ""
    words = [
        one.name,
        (f"[{kind}]" if one.many else kind) + inner,
        *([f"of {one.shape}"] if one.shape else []),
        *([f"-> {one.refers}"] if one.refers else []),
        *([f"({'|'.join(one.members)})"] if one.members is not None else []),
        *(["unique"] if one.unique else []),
        *(["indexed"] if one.indexed else []),
        *([f"as {one.alias}"] if one.alias else []),
    ]
    return " ".join(words) + "!" * one.required + "=" * one.filled


def indexes(facts: FileFacts, name: str) -> list[str]:
    return [
        " ".join([*(f"{path}:{direction}" for path, direction in one.keys), *["unique"][: one.unique], *["partial"][: one.partial]])
        for one in shape(facts, name).indexes
    ]  # fmt: skip


def model(facts: FileFacts, name: str) -> str:
    (one,) = [found for found in facts.document_models if found.name == name]
    return described(one)


def described(one: DocumentModel) -> str:
    words = [
        shown(one.collection) if one.collection is not None else "?",
        *([f"in {one.parent}"] if one.parent else []),
        *(["base"] if one.is_base else []),
        *([f"if {'|'.join(one.inherits)}"] if one.inherits else []),
        *([one.shares] if one.shares else []),
    ]
    return " ".join(words)
