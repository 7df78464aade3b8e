"""How a handler may end, and what that makes of a failure.

What comes in: nothing. What goes out: values that the readers of handlers share, and the names by which a language says them. This module
reads no code.
"""

from collections.abc import Mapping

from msgspec import Struct

from analyzer.facts.call import Fate


class Handling(Struct, frozen=True):
    """The fate of a failure, and the words by which a filter tells those apart that it lets pass: parts of messages, codes, classes."""

    fate: Fate
    words: tuple[str, ...] = ()


STOPS = Handling("stops")


class Leaving(Struct, frozen=True):
    """Names of node types and of functions. `leaves` end the handler, `raises` end it with a failure; `branches` are an if and its
    like, `choices` a switch or a match with their `arms`; `sequences` run what they hold; `loose` may run it. `bindings` maps a
    binding to the fields of its name and value, `calls` a call to those of its callee and arguments. `exits` are functions that end
    the program or fail whatever they get, `passes` those that hand on a failure if they get one. `macros` name theirs in a field `macro`.
    `failure` makes a failure, `mends` is a step that may fail in its turn.
    """

    raises: frozenset[str]
    leaves: frozenset[str]
    branches: frozenset[str]
    sequences: frozenset[str]
    loose: frozenset[str]
    functions: frozenset[str]
    bindings: Mapping[str, tuple[str, str]]
    calls: Mapping[str, tuple[str, str]]
    exits: frozenset[str]
    passes: frozenset[str]
    words: frozenset[str]
    identifiers: frozenset[str]
    choices: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()
    failure: str = ""
    loops: frozenset[str] = frozenset()
    mends: frozenset[str] = frozenset()


class Outcome(Struct, frozen=True):
    """How statements may end: "stops", "goes" (out of the handler), "falls" (on to the next). `told` where a failure decides."""

    ends: frozenset[str]
    told: bool = False
    words: tuple[str, ...] = ()

    def handling(self, words: tuple[str, ...] = ()) -> Handling:
        """What becomes of the failure; `words` are those that chose this handler."""
        if "stops" not in self.ends:
            return Handling("filtered", words) if words else Handling("ignored")
        if len(self.ends) == 1 or not (self.told or words):
            return STOPS
        return Handling("filtered", (*words, *self.words))


def together(some: list[tuple[Outcome, tuple[str, ...]]], rest: Outcome | None) -> Handling:
    """What clauses do together: those for some failures with the words that choose them, and the one for all the rest."""
    passed = tuple(word for outcome, words in some if "stops" not in outcome.ends for word in words)
    if rest is None:
        return Handling("filtered", passed) if passed else STOPS
    handling = rest.handling()
    if handling.fate == "stops":
        return Handling("filtered", passed) if passed else STOPS
    stopped = len(passed) < sum(len(words) for _, words in some)
    if handling.fate == "filtered" or stopped:
        return Handling("filtered", (*passed, *handling.words))
    return handling
