"""How a command ends: what is written where, and the exit code.

What comes in: a finished Report or an error. What goes out: bytes and a code, by the contract: 0 clean, 1 findings, 2 usage or
configuration, 3 our own failure. This module does not know what was asked.
"""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import click

from analyzer.discover.config import ConfigError
from analyzer.findings import SEVERITIES, Report

_DATABASES = 10


class Commands(click.Group):
    """The group of all commands: whatever goes wrong in one becomes a line and an exit code, never a bare traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None
        except ConfigError as error:
            _say(f"error: {error}")
            raise click.exceptions.Exit(2) from error
        except Exception as error:
            _say(f"internal error: {type(error).__name__}: {' '.join(str(error).split())}")
            if os.environ.get("SCHEMALINK_DEBUG"):
                _say(traceback.format_exc().rstrip())
            else:
                _say("this is a defect of schemalink, not of your code; SCHEMALINK_DEBUG=1 shows where")
            raise click.exceptions.Exit(3) from error


def write(text: str, output: str | None) -> None:
    """To a file or to standard output, as UTF-8. A reader that stops reading is no error."""
    content = text.encode("utf-8", "replace")
    if output is not None:
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise click.UsageError(f"{output} cannot be written: {(error.strerror or 'failed').lower()}") from error
        return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def remark(lines: Iterator[str] | Sequence[str]) -> None:
    """Lines for people beside the output."""
    for line in lines:
        _say(line)


def databases_note(paths: Iterable[str]) -> Iterator[str]:
    """The database files that could stand in for a schema, if there are any."""
    from analyzer.report.frames import printable

    known = list(paths)
    more = f" and {len(known) - _DATABASES} more" if len(known) > _DATABASES else ""
    if known:
        names = ", ".join(map(printable, known[:_DATABASES]))
        yield f"note: database files that --evidence could take: {names}{more}"


def wants_color(choice: str, output: str | None) -> bool:
    """`auto` is a terminal without NO_COLOR (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    is_refused = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return output is None and not is_refused and sys.stdout.isatty()


def exit_code(report: Report, fail_on: str, min_coverage: float | None) -> int:
    """1 where a finding is at or above the threshold, or coverage below its own; without a live schema nothing fails."""
    if not report.graph.histories:
        return 0
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    if any((finding.severity or "error") in grave for finding in report.findings):
        return 1
    return int(is_below(report, min_coverage))


def is_below(report: Report, min_coverage: float | None) -> bool:
    return min_coverage is not None and bool(report.graph.histories) and report.coverage.percent < min_coverage


Clock = list[tuple[str, float]]


@contextmanager
def progress(*, quiet: bool) -> Iterator[tuple[Callable[[str], None], Clock]]:
    """What to tell each stage to, and when each began. On a terminal the stage is shown while it lasts."""
    clock: Clock = []
    if quiet or not sys.stderr.isatty():
        yield lambda stage: clock.append((stage, perf_counter())), clock
        return
    from rich.console import Console

    with Console(stderr=True).status("reading files") as status:

        def tell(stage: str) -> None:
            clock.append((stage, perf_counter()))
            status.update(stage)

        yield tell, clock


def statistics(report: Report, clock: Clock, ended: float) -> Iterator[str]:
    """Findings of each rule, most first, the share of local imports that resolve, and how long each stage took."""
    resolved, local = report.graph.program.resolver.local_imports()
    if local:
        yield f"{100 * resolved / local:>5.1f}%  of imports that stay in the repository resolve ({resolved} of {local})"
    for rule, number in sorted(
        Counter(finding.rule for finding in report.findings).items(), key=lambda item: (-item[1], item[0])
    ):
        yield f"{number:>6}  {rule}"
    ends = [began for _, began in clock[1:]] + [ended]
    for (stage, began), end in zip(clock, ends, strict=True):
        yield f"{end - began:>5.2f}s  {stage}"


def _say(line: str) -> None:
    try:
        click.echo(line, err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
