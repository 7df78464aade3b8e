"""Replay beside sqlglot's bare parse of the same text: `python -m tests.benchmarks.replay [MIGRATIONS] [MEGABYTES]`.

What goes out: seconds, their ratio, and the time that a dump takes. This module does not judge.
"""

import logging
import sys
from collections.abc import Callable
from time import perf_counter

import sqlglot

from analyzer.facts.migration import Migration
from analyzer.facts.part.written import LiteralPart
from analyzer.facts.source import Span
from analyzer.facts.text import Text
from analyzer.schema.fold.replay import replay
from tests.benchmarks.made import dump, migrations


def history(scripts: list[str]) -> list[Migration]:
    """One migration a script."""
    made = []
    for number, script in enumerate(scripts):
        span = Span(f"migrations/{number:05}.sql", 0, len(script.encode()))
        text = Text(span, (LiteralPart(script, span, ((0, 0),)),))
        made.append(Migration(span, f"{number:05}", "plain", (number,), (text,)))
    return made


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def main(count: int = 1000, megabytes: float = 5) -> None:
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    scripts = migrations(count)
    parse = timed(lambda: [sqlglot.parse(script, read="postgres") for script in scripts])
    ours = timed(lambda: replay(history(scripts), "postgres", "main"))
    print(f"{count} migrations: replay {ours:.2f} s, bare parse {parse:.2f} s, ratio {ours / parse:.2f}")  # noqa: T201 - what it is run for
    text = dump(megabytes)
    took = timed(lambda: replay(history([text]), "postgres", "main"))
    print(f"a dump of {len(text) / 1e6:.1f} MB: replay {took:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main(*(float(argument) if at else int(argument) for at, argument in enumerate(sys.argv[1:])))  # type: ignore[arg-type]
