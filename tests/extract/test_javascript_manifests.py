"""package.json and tsconfig.json that nobody would write: facts or none, never an end or a circle."""

import pytest

from analyzer.extract.extract import extract
from analyzer.facts.file import FileFacts
from analyzer.facts.source import Source
from analyzer.program.imports.resolver import Resolver

_CODE = b'import a from "#orders"; import { b } from "@/users"; import c from "./"; import ".."; import "#"; import ""; import "@";'


def _resolved(package: bytes, tsconfig: bytes) -> tuple[int, int]:
    files: dict[str, FileFacts] = {}
    for path, content in (("package.json", package), ("tsconfig.json", tsconfig)):
        files[path] = extract(Source(path, content, "json", "config"))
    files["src/shop.ts"] = extract(Source("src/shop.ts", _CODE, "typescript"))
    files["src/users.ts"] = extract(Source("src/users.ts", b"export const b = 1;", "typescript"))
    return Resolver(files).local_imports()


@pytest.mark.parametrize(
    "package",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"exports": 5, "imports": [], "main": {}}',
        b'{"exports":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"exports": {".": null, "./*": "./*/*/*"}, "imports": {"#orders": "#orders", "#*": "./*"}}',
    ],
)
def test_a_hostile_package_gives_no_more_than_nothing(package: bytes) -> None:
    resolved, local = _resolved(package, b'{"compilerOptions": {"paths": {"@/*": ["src/*"]}}}')
    assert 1 <= resolved <= local


@pytest.mark.parametrize(
    "tsconfig",
    [
        b'{"extends": "./tsconfig.json"}',
        b'{"extends": ["./tsconfig", 4, null, []], "compilerOptions": {"baseUrl": 5, "paths": {"*": 7, "a": "b", "@/*": [1, {}]}}}',
        b'{"extends":' + b"[" * 50_000,
        b'{"compilerOptions": []}',
        b'{"extends": "../../../../outside"}',
        b'{"extends": ""}',
    ],
)
def test_a_hostile_tsconfig_gives_no_alias(tsconfig: bytes) -> None:
    assert _resolved(b"{}", tsconfig)[0] == 0
