"""All rules, found by walking the families' packages. This module does not know any of them."""

import importlib
import pkgutil
from functools import cache

from analyzer import rules
from analyzer.rules.rule import Rule, RuleError, load


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by id. Raises RuleError for a module without the function it is named for."""
    found: list[Rule] = []
    for family in pkgutil.iter_modules(rules.__path__):
        if not family.ispkg:
            continue
        package = importlib.import_module(f"{rules.__name__}.{family.name}")
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            function = getattr(module, info.name, None)
            if function is None or not hasattr(function, "severity"):
                raise RuleError(f"module {module.__name__} has no rule named {info.name}")
            found.append(load(function, family.name))
    return tuple(sorted(found, key=lambda rule: rule.info.id))
