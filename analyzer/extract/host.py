"""What differs between host languages when a file's structure and strings are read.

What comes in: tree-sitter nodes. What goes out: names, parts of strings, models, imports. One module a language implements Host;
this module does not know any of them.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from tree_sitter import Node

from analyzer.extract.fates import Failures
from analyzer.facts.call import Parameter
from analyzer.facts.enumeration import Enumeration
from analyzer.facts.file import Import
from analyzer.facts.holder import Holder
from analyzer.facts.model import Model
from analyzer.facts.origin import Origin
from analyzer.facts.part import Part
from analyzer.facts.source import Source, Span

if TYPE_CHECKING:
    from analyzer.extract.objects.collecting import Collector


class Evaluator(Protocol):
    """Evaluation of operands, in the scope in which they stand."""

    def parts(self, node: Node) -> tuple[Part, ...]:
        """The string an expression evaluates to."""

    def named(self, name: str, span: Span) -> tuple[Part, ...]:
        """The string a name evaluates to at a place, where the name has no node of its own."""

    def origin(self, node: Node) -> Origin:
        """Where the value of an expression comes from."""

    def bound(self, node: Node) -> tuple[Node, bool] | None:
        """The one expression a name stands for, and whether it is changed in place; an expression stands for itself."""

    def constant(self, name: str) -> tuple[Part, ...] | None:
        """The string of a module-level (`SQL`) or class-level (`Repo.SQL`) name of this file that is bound once."""


class Syntax(Struct, frozen=True):
    """Names of node types. `wrappers` are expressions that mean their first named child; `members` maps an access to the field
    of its object, `calls` a call to the fields of its callee and arguments; `literals` maps plain literals to their kind;
    `objects` maps an object literal to the type of its entries and the fields of their key and value; `functions` are expressions
    that make a function; `recovered` are errors a grammar reports of correct code: (node, token it misses or cannot place) or ("ERROR", what it
    holds); what is bound in one of `blocks` need not be bound behind it; `ranges` are functions that count up to their last argument; `texts` are
    expressions that may be a statement handed on to a function; `constants` are declarations that macros wrap.
    """

    identifiers: frozenset[str]
    wrappers: frozenset[str]
    members: Mapping[str, str]
    calls: Mapping[str, tuple[str, str]]
    literals: Mapping[str, str]
    lists: frozenset[str] = frozenset({"array", "list", "tuple", "set", "array_expression", "tuple_expression"})
    receivers: frozenset[str] = frozenset({"self", "this"})
    comments: frozenset[str] = frozenset({"comment", "line_comment", "block_comment"})
    objects: Mapping[str, tuple[str, str, str]] = {}
    functions: frozenset[str] = frozenset()
    recovered: frozenset[tuple[str, str]] = frozenset()
    blocks: frozenset[str] = frozenset(
        {"block", "statement_block", "if_statement", "else_clause", "match_arm", "case_clause", "switch_case"}
        | {"switch_default", "for_statement", "while_statement", "conditional_expression", "ternary_expression"}
    )
    ranges: frozenset[str] = frozenset()
    constants: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset({
        "identifier", "string", "string_literal", "raw_string_literal", "template_string", "concatenated_string", "binary_expression",
        "binary_operator", "member_expression", "attribute", "scoped_identifier", "macro_invocation",
    })  # fmt: skip

    def unwrapped(self, node: Node) -> Node:
        """The expression without parentheses, borrows, awaits, casts."""
        while node.type in self.wrappers:
            children = [child for child in node.named_children if child.type not in self.comments]
            if not children:
                return node
            node = children[0]
        return node


class Host(Protocol):
    """A language. Every method is pure."""

    @property
    def syntax(self) -> Syntax: ...

    @property
    def failures(self) -> Failures: ...

    @property
    def objects(self) -> "Collector | None":
        """How values of its expressions are read; None where no library of documents is read in this language."""

    def string(self, node: Node, source: Source, evaluator: Evaluator) -> tuple[Part, ...] | None:
        """Parts of a string expression of this language (literal, concatenation, formatting, a method that keeps the text),
        or None where the node is something else. `evaluator` is asked for operands and interpolated expressions.
        """

    def parameters(self, node: Node) -> tuple[Parameter, ...]:
        """Parameters of a function's parameter list, self left out."""

    def names(self, pattern: Node) -> tuple[str, ...]:
        """The names a pattern binds."""

    def imports(self, root: Node, source: Source) -> tuple[Import, ...]: ...

    def tests(self, root: Node) -> Iterator[Node]:
        """Parts of a file that are tests, where the language keeps them beside the code."""

    def inner(self, root: Node) -> Iterator[Node]:
        """Nodes whose inside is code that the grammar leaves as tokens: the arguments of macros."""

    def models(self, root: Node, source: Source) -> tuple[Model, ...]: ...

    def enumerations(self, root: Node, source: Source) -> tuple[Enumeration, ...]: ...

    def holders(self, root: Node, source: Source) -> tuple[Holder, ...]:
        """Classes by what their objects keep, where a library of the language is handed classes for tables."""
