"""Commands that make a database like the code without a migration: drizzle-kit's push, Prisma's db push.

What comes in: a Source: a package.json, or a file that says how a build runs. What goes out: BuildSettings of kind "push" and "migrate". Sources: the pages on
`drizzle-kit push` (orm.drizzle.team) and `prisma db push` (prisma.io). Lines that are comments are passed over. This module does not judge.
"""

import re
from collections.abc import Iterator

from analyzer.facts.cache import BuildSetting
from analyzer.facts.source import Source, Span

# Whatever runs migrations says so: `drizzle-kit migrate`, `tsx src/db/migrate.ts`, `wrangler d1 migrations apply`.
_MIGRATE = re.compile(rb"\b(?:\w{0,40}[:_./-])?migrat(?:e|ions?)\b")
_PUSH = re.compile(rb"\b(?:drizzle-kit[ \t]{1,4}push|prisma[ \t]{1,4}db[ \t]{1,4}push)\b[^\n\"'&|;]{0,200}")
_SCRIPT = re.compile(rb"\"([^\"\n]{1,80})\"[ \t]{0,8}:[ \t]{0,8}\"")


def pushes(source: Source) -> Iterator[BuildSetting]:
    """The commands in the order of the file."""
    package = source.path.rpartition("/")[2] == "package.json"
    if source.language != "build" and not package:
        return
    found = _MIGRATE.search(source.content)
    if found is not None:
        yield BuildSetting(Span(source.path, *found.span()), "migrate")
    for match in _PUSH.finditer(source.content):
        begin = source.content.rfind(b"\n", 0, match.start()) + 1
        line = source.content[begin : match.start()]
        if line.lstrip().startswith((b"#", b"//")):
            continue
        name = _SCRIPT.search(line) if package else None
        command = match[0].rstrip()
        yield BuildSetting(
            Span(source.path, match.start(), match.start() + len(command)),
            "push",
            command.decode("utf-8", "replace"),
            name[1].decode("utf-8", "replace") if name is not None else "",
        )
