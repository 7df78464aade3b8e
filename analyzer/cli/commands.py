"""What can be typed. Each command reads, asks and prints; nothing is decided here.

This module does not know how anything is found: it imports the engine where a command runs it.
"""

import difflib
import importlib
import sys
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any, cast

import click
from msgspec.structs import replace

from analyzer import __version__
from analyzer.cli import inputs, outcome
from analyzer.discover.config import Config
from analyzer.facts.file import FileFacts
from analyzer.facts.source import DIALECTS, Dialect, Source
from analyzer.findings import SEVERITIES, Report

_FORMATS = ("text", "json", "sarif", "github", "lsp")
_FILE = click.Path(exists=True, dir_okay=False)
_QUERY_FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)

Command = Callable[..., None]


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in the order in which help shows them."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_reading = _options(
    click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True)),
    click.option("--config", type=_FILE, help="Read this configuration in place of the root's own."),
    click.option("--no-config", is_flag=True, help="Read no configuration."),
)
_evidence = click.option("--evidence", multiple=True, type=_FILE, help="Take what this SQLite database file holds as evidence (repeat for more): it decides what the migrations leave unknown, and is the schema where there is none.")  # fmt: skip
_writing = _options(
    click.option("--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file in place of standard output."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="When to colour text."),
    click.option("--quiet", "-q", is_flag=True, help="Print findings alone: no summary, no notes."),
)  # fmt: skip
_judging = _options(
    click.option("--format", "format_", type=click.Choice(_FORMATS), default="text", show_default=True, help="How to print findings."),
    click.option("--select", multiple=True, metavar="RULE", help="Only these rules or families (repeat, or separate with commas)."),
    click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules or families."),
    click.option("--fail-on", type=click.Choice([*SEVERITIES, "never"]), default="error", show_default=True, help="Exit with 1 for findings of this severity or a graver one."),
    click.option("--min-coverage", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 1 where fewer of the queries could be read."),
    click.option("--show-info", is_flag=True, help="Print findings of level info as text too (so do --select and --fail-on info; the other formats always have them)."),
    click.option("--statistics", is_flag=True, help="Count findings by rule, and time the stages, on standard error."),
)  # fmt: skip


@click.group(cls=outcome.Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="schemalink", message="%(prog)s %(version)s")
def main() -> None:
    """Links application code to its database schema, statically.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage or configuration, 3 a defect of schemalink.
    """


@main.command()
@_reading
@_evidence
@click.option("--stdin-filename", type=click.Path(dir_okay=False), metavar="PATH", help="Take this file's text from standard input.")  # fmt: skip
@_judging
@_writing
def check(
    paths: tuple[str, ...], config: str | None, no_config: bool, evidence: tuple[str, ...], stdin_filename: str | None, **options: Any
) -> None:  # fmt: skip
    """Report what the code expects of the database and the schema does not hold.

    The whole repository around each PATH is read; findings are limited to the PATHs (default: the current folder).
    """
    buffer = (stdin_filename, sys.stdin.buffer.read()) if stdin_filename is not None else None
    found = inputs.read_input(paths, config=config, no_config=no_config, buffer=buffer)
    _check(found, evidence=evidence, **options)


class _SqlCommand(click.Command):
    """`--schema` takes all files up to `--dialect`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(inputs.spread(args)))


@main.command("check-sql", cls=_SqlCommand)
@click.option(
    "--schema", "schemas", multiple=True, required=True, type=_FILE, metavar="FILE...", help="Files of DDL, in order."
)
@click.option("--dialect", required=True, type=click.Choice(DIALECTS), help="What all files are written in.")
@click.argument("queries", nargs=-1, metavar="[QUERY_FILE]...", type=_QUERY_FILE)
@_judging
@_writing
def check_sql(schemas: tuple[str, ...], dialect: Dialect, queries: tuple[str, ...], **options: Any) -> None:
    """Check files of plain SQL queries against files of DDL; `-` reads queries from standard input."""
    from analyzer.extract.extract import extract
    from analyzer.extract.sql_queries import extract_queries

    def extraction(source: Source) -> FileFacts:
        return extract_queries(source, dialect) if source.role == "code" else extract(source)

    if not queries:
        outcome.remark(["note: no file of queries is given, so the schema alone was read"])
    _check(inputs.read_sql(schemas, queries, dialect), extraction=extraction, **options)


@main.command()
@_reading
@_evidence
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_writing
def queries(
    paths: tuple[str, ...], config: str | None, no_config: bool, evidence: tuple[str, ...], format_: str, output: str | None, color: str, quiet: bool
) -> None:  # fmt: skip
    """List every query site: what it names, returns and binds."""
    from analyzer.report.places import Places
    from analyzer.report.queries import queries_json, queries_text

    found = inputs.read_input(paths, config=config, no_config=no_config)
    report, _ = _analyzed(found, evidence, quiet=quiet)
    places = Places(report.sources)
    sites = [query for query in report.graph.queries if found.holds(query.query.span)]
    is_json = format_ == "json"
    text = (
        queries_json(sites, places)
        if is_json
        else queries_text(sites, places, color=outcome.wants_color(color, output))
    )
    outcome.write(text, output)
    _notes(report, found, quiet=quiet, with_errors=True)


@main.command()
@_reading
@_evidence
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "sql", "mermaid"]), default="text", show_default=True
)
@click.option("--sources", is_flag=True, help="Print every candidate for the live schema, whether it counts, and why.")
@click.option(
    "--at",
    metavar="MIGRATION",
    help="Print the schema as it is after this migration: its id, its version, or the beginning of its id.",
)
@click.option(
    "--diff",
    nargs=2,
    metavar="A B",
    help="Print what differs between two schemas, each a PATH, PATH@MIGRATION for the schema after that migration, or `models` for what code declares.",
)
@click.option(
    "--statistics",
    is_flag=True,
    help="Count the statements by kind, and how many of them were not understood, on standard error.",
)
@_writing
def schema(
    paths: tuple[str, ...], config: str | None, no_config: bool, evidence: tuple[str, ...], format_: str, sources: bool, at: str | None,
    diff: tuple[str, str] | None, statistics: bool, output: str | None, color: str, quiet: bool,
) -> None:  # fmt: skip
    """Print the schema that the migrations build, or where it comes from."""
    from analyzer.cli import schemas

    schemas.check_options(format_, sources=sources, at=at, diff=diff, paths=paths)
    colored = outcome.wants_color(color, output)

    def read(*paths: str) -> tuple[inputs.Input, Report]:
        found = inputs.read_input(paths, config=config, no_config=no_config)
        return found, _analyzed(found, evidence, quiet=quiet)[0]

    if diff is not None:
        text, remarks = schemas.diff(diff, read, format_, color=colored)
        outcome.write(text, output)
        outcome.remark([] if quiet else remarks)
        return
    found, report = read(*paths)
    histories = report.graph.histories if at is None else (schemas.at(report.graph.histories, at, "--at"),)
    outcome.write(schemas.shown(histories, report, format_, sources=sources, color=colored), output)
    _notes(report, found, quiet=quiet, with_errors=True)
    outcome.remark(schemas.statistics(histories) if statistics else [])


@main.command()
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(format_: str) -> None:
    """List all rules."""
    from analyzer.report.rules import rules_json, rules_text
    from analyzer.rules.registry import all_rules

    known = [rule.info for rule in all_rules()]
    text = rules_json(known) if format_ == "json" else rules_text(known, color=outcome.wants_color("auto", None))
    outcome.write(text, None)


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say what a rule means, why it matters, and how to mend what it finds."""
    from analyzer.report.rules import explanation
    from analyzer.rules.registry import all_rules

    known = {known.info.id: known.info for known in all_rules()}
    if rule not in known:
        raise click.UsageError(f'there is no rule "{rule}"{_near(rule, known)}')
    outcome.write(explanation(known[rule], color=outcome.wants_color("auto", None)), None)


def _check(
    found: inputs.Input, *, format_: str, select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str, min_coverage: float | None,
    show_info: bool, statistics: bool, output: str | None, color: str, quiet: bool, evidence: Iterable[str] = (),
    extraction: Callable[[Source], FileFacts] | None = None,
) -> None:  # fmt: skip
    found = replace(found, config=_selected(found.config, _split(select), _split(ignore)))
    if format_ == "lsp" and not found.root:
        raise click.UsageError("--format lsp needs roots that lie side by side: its paths are absolute")
    report, clock = _analyzed(found, evidence, quiet=quiet, extraction=extraction)
    ended = perf_counter()
    report = replace(report, findings=tuple(finding for finding in report.findings if found.holds(finding.span)))
    render = getattr(importlib.import_module(f"analyzer.report.{format_}"), format_)
    if format_ == "text":
        shows = show_info or bool(select) or fail_on == "info"
        text = render(report, color=outcome.wants_color(color, output), show_info=shows, quiet=quiet)
    else:
        text = render(report)
    outcome.write(cast("str", text), output)
    _notes(report, found, quiet=quiet, with_errors=format_ in ("text", "github", "lsp"))
    if outcome.is_below(report, min_coverage):
        outcome.remark([f"coverage is {report.coverage.percent:.1f} %, below --min-coverage {min_coverage:g}"])
    if statistics:
        outcome.remark(outcome.statistics(report, clock, ended))
    raise click.exceptions.Exit(outcome.exit_code(report, fail_on, min_coverage))


def _analyzed(
    found: inputs.Input, evidence: Iterable[str] = (), *, quiet: bool, extraction: Callable[[Source], FileFacts] | None = None
) -> tuple[Report, outcome.Clock]:  # fmt: skip
    given = inputs.read_evidence(evidence, found)
    with outcome.progress(quiet=quiet) as (tell, clock):
        from analyzer.engine import analyze
        from analyzer.extract.extract import extract

        report = analyze(
            found.sources, found.config, evidence=given, root=found.root, errors=found.errors, progress=tell, extraction=extraction or extract
        )  # fmt: skip
    return report, clock


def _notes(report: Report, found: inputs.Input, *, quiet: bool, with_errors: bool) -> None:
    from analyzer.report.summary import notes

    if quiet:
        return
    outcome.remark(notes(report, with_errors=with_errors))
    if not report.graph.histories:
        outcome.remark(outcome.databases_note(inputs.databases(found)))


def _selected(config: Config, select: tuple[str, ...], ignore: tuple[str, ...]) -> Config:
    """What is typed wins over what is configured."""
    from analyzer.rules.registry import all_rules

    known = {name for rule in all_rules() for name in (rule.info.id, rule.info.family)}
    for option, names in (
        ("--select", select),
        ("--ignore", ignore),
        ("select", config.select),
        ("ignore", config.ignore),
    ):
        for name in names:
            if name not in known:
                raise click.UsageError(f'{option}: there is no rule or family "{name}"{_near(name, known)}')
    kept = tuple(name for name in config.ignore if name not in select)
    return replace(config, select=select or config.select, ignore=(*kept, *ignore))


def _split(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for text in names for name in text.split(",") if name.strip())


def _near(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name.lower().replace("_", "-"), sorted(known), n=1)
    return f' (did you mean "{close[0]}"?)' if close else "; `schemalink rules` lists all"
