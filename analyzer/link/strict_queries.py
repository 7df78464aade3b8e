"""What mongoose does with a filter's key that the schema does not list.

What comes in: a query of documents, the program. What goes out: whether the key is taken out of the filter. Sources: mongoosejs.com/docs/guide.html#strictQuery,
/docs/migrating_to_6.html ("strictQuery is now equal to strict by default"), /docs/migrating_to_7.html ("strictQuery": false again). This module does not
know schemas.
"""

from analyzer.facts.origin import LiteralOrigin
from analyzer.facts.value import LiteralValue
from analyzer.program.documents.query import DocumentQuery
from analyzer.program.program import Program

# The versions whose default is to drop.
_DROPPING = 6


def drops_unknown(query: DocumentQuery, program: Program) -> bool:
    """Whether an unknown key is dropped, for sure: by the call's option, what the program sets, or the version's default."""
    if query.framework != "mongoose":
        return False
    asked = query.option("strictQuery")
    if isinstance(asked, LiteralValue):
        return asked.text == "true"
    told = _set(program)
    if told is not None:
        return told
    file = program.files.get(query.path)
    return file is not None and file.project.major("mongoose") == _DROPPING


def _set(program: Program) -> bool | None:
    """`mongoose.set("strictQuery", true)`."""
    for call in program.calls.values():
        if call.callee.endswith("mongoose.set") and len(call.arguments) > 1:
            name, value = call.arguments[:2]
            if isinstance(name, LiteralOrigin) and name.value == "strictQuery":
                return isinstance(value, LiteralOrigin) and value.value is True
    return None
