"""All frameworks of this package, found by walking it. This module does not know any of them."""

import importlib
import pkgutil
from functools import cache

from analyzer.extract import frameworks
from analyzer.extract.frameworks.framework import Framework


@cache
def all_frameworks() -> tuple[Framework, ...]:
    """The FRAMEWORKS of every module, sorted by name."""
    modules = (
        importlib.import_module(f"{frameworks.__name__}.{info.name}")
        for info in pkgutil.iter_modules(frameworks.__path__)
    )
    found = (framework for module in modules for framework in getattr(module, "FRAMEWORKS", ()))
    return tuple(sorted(found, key=lambda framework: framework.name))
