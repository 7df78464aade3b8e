"""What a piece of code does with a failure it was given.

What comes in: the statements of a handler, the names of the failure, the host's names of nodes. What goes out: a Handling. The statements are
followed in order: a handler that may raise and may go on tells failures apart where the question between the two looks at the
failure; where it looks at something else (the third attempt, a flag) the failure counts as passed on. This module does not know
what was tried.
"""

from collections.abc import Iterable, Iterator

from tree_sitter import Node

from analyzer.extract.outcomes import Leaving, Outcome
from analyzer.extract.texts import folded, text_of

_LOGS = ("log", "console", "warn", "debug", "print", "sentry", "toast", "trace", "capture")
_COLLECTS = frozenset({"push", "append", "add", "unshift", "insert", "emplace"})
# Methods and functions that stand in every such question and say nothing of its answer.
_SILENT = frozenset({
    "includes", "indexOf", "test", "match", "matches", "message", "code", "errno", "toLowerCase", "toString", "String", "name", "str",
    "lower", "args", "contains", "starts_with", "startsWith", "to_string", "to_lowercase", "as_str", "kind", "pgcode", "sqlstate",
    "Error", "instanceof", "isinstance", "Some", "as_database_error", "is_some_and", "map_or", "unwrap_or", "severity", "constructor",
})  # fmt: skip
_NOTHING = frozenset({"null", "undefined", "none", "None"})
_DEPTH = 12
# Nodes of one statement that are looked at, and steps outwards to a loop or onwards from it: nobody writes more.
_MOST = 4000
_OUTWARDS = 40


_FALLS = Outcome(frozenset({"falls"}))
_STOPS = Outcome(frozenset({"stops"}))
_GOES = Outcome(frozenset({"goes"}))
# The handler tries something else, which may fail as well.
_MENDS = Outcome(frozenset({"stops", "falls"}))


class Reader:
    """Follows a handler. `names` maps the names of the failure, and of what is made of it, to the words in what was made."""

    def __init__(self, rows: Leaving, names: Iterable[str]) -> None:
        self.rows = rows
        self.names: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
        self.failures = frozenset(self.names)

    def follow(self, statements: Iterable[Node], depth: int = 0) -> Outcome:
        """Statements one after another."""
        ends: set[str] = set()
        told, words = False, tuple[str, ...]()
        for statement in statements:
            found = self.one(statement, depth)
            ends |= found.ends - {"falls"}
            told, words = told or found.told, (*words, *found.words)
            if "falls" not in found.ends:
                return Outcome(frozenset(ends), told, words)
        return Outcome(frozenset(ends | {"falls"}), told, words)

    def one(self, node: Node, depth: int = 0) -> Outcome:
        """One statement, or the expression that is a handler's whole body."""
        rows = self.rows
        if depth > _DEPTH:
            return _FALLS
        if node.type == "expression_statement" and node.named_children and self._is_structured(node.named_children[0]):
            return self.one(node.named_children[0], depth)
        if node.type in rows.raises:
            return _STOPS
        if node.type in rows.leaves:
            return _STOPS if self._passes_on(node) or self._hands_back(node) else _GOES
        if node.type in rows.branches:
            return self._branch(node, depth + 1)
        if node.type in rows.choices:
            return self._choice(node, depth + 1)
        if node.type in rows.sequences:
            return self.follow(node.named_children, depth + 1)
        if node.type in rows.loose:
            inner = self.follow((c for c in node.named_children if c.type in rows.sequences), depth + 1)
            return Outcome(inner.ends | {"falls"}, inner.told, inner.words)
        self._bind(node)
        if self._passes_on(node):
            return _STOPS
        return _MENDS if rows.mends and any(inner.type in rows.mends for inner in self._walk(node)) else _FALLS

    def _is_structured(self, node: Node) -> bool:
        return (
            node.type
            in self.rows.branches | self.rows.choices | self.rows.sequences | self.rows.leaves | self.rows.loose
        )

    def _branch(self, node: Node, depth: int) -> Outcome:
        condition, consequence = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
        alternatives = node.children_by_field_name("alternative")
        if condition is None or consequence is None:
            return _FALLS
        sure = self._is_failure(condition)
        branches = [] if sure is False else [self.one(consequence, depth)]
        if sure is not True:
            branches += [self.one(alternative, depth) for alternative in alternatives]
            if not alternatives or alternatives[-1].type in self.rows.branches:
                branches.append(_FALLS)
        return self._either(branches, condition)

    def _choice(self, node: Node, depth: int) -> Outcome:
        value, body = node.child_by_field_name("value"), node.child_by_field_name("body")
        if value is None or body is None:
            return _FALLS
        arms = [arm for arm in body.named_children if arm.type in self.rows.arms]
        return self._either([*(self.follow(_body(arm), depth) for arm in arms)] or [_FALLS], node if arms else value)

    def _either(self, branches: list[Outcome], condition: Node) -> Outcome:
        ends = frozenset(end for branch in branches for end in branch.ends)
        words = tuple(word for branch in branches for word in branch.words)
        told = any(branch.told for branch in branches)
        if len({branch.ends for branch in branches}) > 1 and self.mentions(condition):
            return Outcome(ends, True, (*words, *self.words(condition)))
        return Outcome(ends, told, words)

    def _is_failure(self, node: Node) -> bool | None:
        """True where a condition holds for every failure, False where for none: `if (err)`, `if (!err)`, `err != null`."""
        text = folded(node, 80).strip("()")
        for name in self.failures:
            if text.startswith(f"{name}||"):
                return True
            if text.startswith(f"!{name}&&"):
                return False
            if text in (name, f"{name}!==null", f"{name}!=null", f"{name}isnotNone", f"{name}!==undefined"):
                return True
            if text in (f"!{name}", f"{name}===null", f"{name}==null", f"not{name}", f"{name}isNone"):
                return False
        return None

    def _bind(self, node: Node) -> None:
        """`const text = error.message` is the failure under another name."""
        for inner in self._walk(node):
            if inner.type in self.rows.bindings:
                name, value = (inner.child_by_field_name(field) for field in self.rows.bindings[inner.type])
                if name is not None and value is not None and self.mentions(value):
                    self.names[text_of(name)] = tuple(self.words(value))

    def mentions(self, node: Node) -> bool:
        """Whether the failure, or what was made of it, stands anywhere in an expression."""
        return any(n.type in self.rows.identifiers and text_of(n) in self.names for n in self._walk(node))

    def words(self, node: Node) -> Iterator[str]:
        """What a question compares a failure with: texts and numbers, else the names of what it asks."""
        found: list[str] = []
        named: list[str] = []
        for inner in self._walk(node):
            if inner.type in self.rows.words:
                # `error.args[0]` compares with no number.
                found.extend([text_of(inner)] if len(text_of(inner)) > 1 else [])
            elif not inner.named_children and text_of(inner) in self.names and inner.type in self.rows.identifiers:
                found.extend(self.names[text_of(inner)])
            elif "identifier" in inner.type and not inner.named_children and text_of(inner) not in _SILENT:
                named.append(text_of(inner))
        yield from dict.fromkeys(found or named)

    def _walk(self, node: Node) -> Iterator[Node]:
        """A node and what it holds, functions left out."""
        stack, left = [node], _MOST
        while stack and left:
            inner, left = stack.pop(), left - 1
            yield inner
            if inner.type not in self.rows.functions or inner is node:
                stack.extend(reversed(inner.named_children))

    # ------------------------------------------------------------------ passing on
    def _passes_on(self, node: Node) -> bool:
        """Whether an expression raises, ends the program, hands the failure to somebody, or keeps it for later."""
        return any(self._is_passing(inner) for inner in self._walk(node))

    def _hands_back(self, node: Node) -> bool:
        """`return { error: e.message }` tells the caller; `return console.error(e)` does not."""
        value = node.named_children[0] if node.named_children else None
        if value is None or not self.mentions(value):
            return False
        callee = value.child_by_field_name("function")
        return callee is None or not any(word in folded(callee, 80).lower() for word in _LOGS)

    def _is_passing(self, node: Node) -> bool:
        if node.type in self.rows.raises:
            return True
        if node.type in self.rows.calls:
            return self._is_passing_call(node)
        if node.type in ("assignment_expression", "assignment"):
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            # `lastError = error` is thrown when all attempts are used up; a program with an exit code ends with it.
            kept = right is not None and (text_of(right) in self.failures or self._holds(right))
            return kept or (left is not None and folded(left, 40) == "process.exitCode")
        if node.type in ("pair", "keyword_argument"):
            return _is_refusing_field(node)
        if node.type == "macro_invocation":
            return text_of(node.child_by_field_name("macro") or node).rpartition("::")[2] in self.rows.exits
        return False

    def _holds(self, node: Node) -> bool:
        """`{ error: e }`, `{"error": str(e)}`."""
        return node.type in ("object", "dictionary") and self.mentions(node)

    def _is_passing_call(self, node: Node) -> bool:
        callee, arguments = (node.child_by_field_name(field) for field in self.rows.calls[node.type])
        if callee is None:
            return False
        whole = folded(callee, 80)
        last = whole.replace("::", ".").rpartition(".")[2]
        given = [] if arguments is None else [a for a in arguments.named_children if "comment" not in a.type]
        if last in self.rows.exits or (self.rows.failure and whole == self.rows.failure):
            return True
        if last in self.rows.passes:
            return bool(given) and text_of(given[0]) not in _NOTHING
        if _is_refusal(last, given):
            return True
        if last in _COLLECTS:
            return any(self.mentions(argument) for argument in given)
        # A function nobody here knows is given the failure itself: what it does with it is not known.
        known = any(word in whole.lower() for word in _LOGS) or last in _SILENT
        return not known and _is_statement(node) and any(text_of(argument) in self.failures for argument in given)


def settled(outcome: Outcome, attempt: Node, rows: Leaving) -> Outcome:
    """What a handler does, with what stands behind the statement `attempt` that tries: a `throw`, or one behind the loop of attempts."""
    loop = attempt.parent
    for _ in range(_OUTWARDS):
        if loop is None or loop.type in rows.functions or loop.type in rows.loops:
            break
        loop = loop.parent
    if loop is None or loop.type not in rows.loops:
        behind = attempt.next_named_sibling
        falls_to = behind is not None and behind.type in rows.raises
        ends = outcome.ends - {"falls"} | (
            {"stops"} if falls_to and "falls" in outcome.ends else outcome.ends & {"falls"}
        )
        return Outcome(ends, outcome.told, outcome.words)
    after = loop.next_named_sibling
    for _ in range(_OUTWARDS):
        if after is None or after.type in rows.raises:
            break
        after = after.next_named_sibling
    otherwise = loop.child_by_field_name("alternative")
    raises = (after is not None and after.type in rows.raises) or (
        otherwise is not None and "stops" in Reader(rows, ()).one(otherwise).ends
    )
    return _STOPS if raises or ("stops" in outcome.ends and _leaves_loop(attempt, rows)) else outcome


def _leaves_loop(attempt: Node, rows: Leaving) -> bool:
    """Whether what is tried ends the loop where it succeeds: going on is trying again."""
    body = attempt.child_by_field_name("body")
    return body is not None and bool(body.named_children) and body.named_children[-1].type in rows.leaves


def _body(arm: Node) -> list[Node]:
    """The statements of a case or an arm."""
    label = arm.child_by_field_name("value") if arm.type != "match_arm" else arm.child_by_field_name("pattern")
    return [child for child in arm.named_children if label is None or child != label]


def _is_refusal(name: str, given: list[Node]) -> bool:
    """`response.status(500)`: whoever asked is told."""
    return (
        name in ("status", "sendStatus", "writeHead", "abort") and bool(given) and text_of(given[0])[:1] in ("4", "5")
    )


def _is_refusing_field(node: Node) -> bool:
    """`{ status: 500 }` of a response."""
    name, value = node.child_by_field_name("key") or node.child_by_field_name("name"), node.child_by_field_name("value")
    statuses = ("status", "statusCode", "status_code")
    return name is not None and value is not None and text_of(name) in statuses and text_of(value)[:1] in ("4", "5")


def _is_statement(node: Node) -> bool:
    """Whether a call's value goes nowhere, or out of the handler."""
    outer = node.parent
    while outer is not None and outer.type in ("await_expression", "await"):
        outer = outer.parent
    return outer is not None and outer.type in (
        "expression_statement",
        "return_statement",
        "return_expression",
        "arrow_function",
        "block",
    )
