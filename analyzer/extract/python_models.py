"""Python classes as models: dataclasses, attrs, named tuples, typed dicts, pydantic models.

What comes in: nodes of tree-sitter-python. What goes out: Models. Source: the documentation of `dataclasses`, `attrs`, `typing`, pydantic.
This module does not know ORMs.
"""

from tree_sitter import Node

from analyzer.facts.model import Model
from analyzer.facts.source import Source


def models(root: Node, source: Source) -> tuple[Model, ...]:
    return ()
