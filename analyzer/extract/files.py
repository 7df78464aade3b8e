"""Files whose text a program reads at run time: the calls that read, and the paths they are given.

What comes in: an expression. What goes out: the name of the file it reads, as the program looks it up. Sources: Node's `fs`, `path` and `url`,
Bun and Deno, Python's `open`, `pathlib`, `os.path`, `importlib.resources` and `pkgutil`, Flask's `open_resource`, Rust's `std::fs`. A path
from the file itself is certain; another is relative to where the program is started, which the program decides by what is there. Which
files exist is not known here.
"""

import posixpath

from tree_sitter import Node

from analyzer.extract.host import Evaluator
from analyzer.extract.texts import folded
from analyzer.facts.part.written import LiteralPart

FILE = "file:"
# Before a path that is relative to the file's folder, its project or the root: whichever has it.
SOMEWHERE = "file:?"
# Before the end of a path whose beginning is not known: the one file that ends so.
ANYWHERE = "file:*"
# Stand for the folder of the file, for where the program is started, for a folder nobody here knows.
_HERE, _START, _UNKNOWN = "\0", "\1", "\2"
_ENDINGS = (".sql", ".ddl", ".psql", ".pgsql")
_READS = frozenset({
    "readFileSync", "readFile", "read_to_string", "read", "read_text", "read_bytes", "text", "readTextFile", "readTextFileSync",
    "get_data", "resource_string", "open_resource", "open_text", "open", "file", "decode", "toString", "unwrap", "expect", "context",
})  # fmt: skip
# Calls whose target is what they read; those whose first argument is a path; those with a package before the path.
_ON_TARGET = frozenset({"read", "read_text", "read_bytes", "text", "decode", "toString", "unwrap", "expect", "context"})
_ON_PATH = frozenset({
    "readFileSync", "readFile", "read_to_string", "readTextFile", "readTextFileSync", "open", "open_resource", "file", "read_text",
})  # fmt: skip
_ON_PACKAGE = frozenset({"get_data", "resource_string", "open_text", "read_text"})
_JOINS = frozenset({"join", "resolve", "joinpath", "push"})
_SAME = frozenset({
    "Path", "PurePath", "str", "fspath", "abspath", "realpath", "resolve", "absolute", "fileURLToPath", "new", "normalize", "from",
    "as_posix", "toString", "to_string", "as_path", "clone", "expanduser",
})  # fmt: skip
_STARTS = frozenset({"process.cwd()", "os.getcwd()", "Path.cwd()", "pathlib.Path.cwd()", 'env!("CARGO_MANIFEST_DIR")'})
_HERES = frozenset({"__dirname", "import.meta.dirname", "import.meta.dir"})
_SELF = frozenset(
    {"__file__", "__filename", "import.meta.url", "import.meta.filename", "import.meta.path", "import.meta.file"}
)
_DEPTH = 12
_LONGEST = 400


def read_file(node: Node, evaluator: Evaluator, path: str) -> str | None:
    """The name of the SQL file that an expression of the file at `path` reads; None where it reads none."""
    if node.type not in ("call_expression", "call", "await_expression", "macro_invocation", "new_expression"):
        return None
    found = _read(node, evaluator, path, 0)
    if found is None or not found.endswith(_ENDINGS):
        return None
    folder = posixpath.dirname(path)
    if found.startswith(f"{_HERE}/"):
        return FILE + posixpath.normpath(posixpath.join(folder, found[2:]))
    if _UNKNOWN in found:
        known = found.rpartition(_UNKNOWN)[2]
        return ANYWHERE + posixpath.normpath(known.lstrip("/")) if known.startswith("/") else None
    relative = posixpath.normpath(found.removeprefix(_START).lstrip("/") if found.startswith(_START) else found)
    return None if relative.startswith("/") or _HERE in relative else SOMEWHERE + relative


def _read(node: Node, evaluator: Evaluator, path: str, depth: int) -> str | None:
    """The path of what an expression reads."""
    node = _plain(node, evaluator)
    target, name, arguments = _called(node)
    if depth > _DEPTH or name not in _READS:
        return None
    if name in _ON_PACKAGE and len(arguments) > 1 and arguments[1].type != "keyword_argument":
        package, inner = (_path(argument, evaluator, path, depth + 1) for argument in arguments[:2])
        return None if package is None or inner is None else f"{package.replace('.', '/')}/{inner}"
    found = _path(arguments[0], evaluator, path, depth + 1) if name in _ON_PATH and arguments else None
    # The argument of `Path.read_text` is an encoding.
    if found is not None and (found.endswith(_ENDINGS) or target is None):
        return found
    if name in ("read_text", "read_bytes", "open") and target is not None:
        return _path(target, evaluator, path, depth + 1)
    if name in _ON_TARGET and target is not None:
        return _read(target, evaluator, path, depth + 1)
    # `new TextDecoder().decode(await readFile(..))`
    return _read(arguments[0], evaluator, path, depth + 1) if name == "decode" and arguments else None


def _path(node: Node, evaluator: Evaluator, path: str, depth: int) -> str | None:
    """A path as text, with a mark for the folder of the file or the place of the start; None where it is not known."""
    node = _plain(node, evaluator)
    if depth > _DEPTH or node.end_byte - node.start_byte > _LONGEST:
        return None
    written = folded(node)
    if written in _HERES or written in ("__name__", "__package__"):
        return _HERE
    if written in _SELF:
        return f"{_HERE}/{posixpath.basename(path)}"
    if written in _STARTS:
        return _START
    match node.type:
        case "call" | "call_expression" | "new_expression":
            return _made(node, evaluator, path, depth)
        case "attribute" | "subscript" if ".parent" in written:
            return _parent(node, evaluator, path, depth)
        case "binary_operator" | "binary_expression":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            glue = "/" if any(child.type == "/" for child in node.children) else ""
            return _joined([n for n in (left, right) if n is not None], glue, evaluator, path, depth)
        case "template_string":
            return _joined(node.named_children, "", evaluator, path, depth)
        case "template_substitution":
            return _path(node.named_children[0], evaluator, path, depth + 1) if node.named_children else None
        case "string_fragment":
            return written
        case _:
            return _literal(node, evaluator)


def _made(node: Node, evaluator: Evaluator, path: str, depth: int) -> str | None:
    """`path.join(a, b)`, `path.dirname(a)`, `Path(a)`, `new URL(a, import.meta.url)`, `files("shop")`."""
    target, name, arguments = _called(node)
    arguments = [argument for argument in arguments if argument.type != "keyword_argument"]
    if name == "dirname" and arguments:
        inner = _path(arguments[0], evaluator, path, depth + 1)
        return posixpath.dirname(inner) or None if inner else None
    if name == "URL" and len(arguments) == 2 and folded(arguments[1]) == "import.meta.url":
        inner = _path(arguments[0], evaluator, path, depth + 1)
        return None if inner is None else f"{_HERE}/{inner}"
    if name == "files" and arguments:
        inner = _path(arguments[0], evaluator, path, depth + 1)
        return None if inner is None else inner.replace(".", "/")
    if name in _JOINS and arguments:
        is_module = target is None or folded(target) in ("path", "os.path", "posixpath", "Path")
        return _joined(arguments if is_module or target is None else [target, *arguments], "/", evaluator, path, depth)
    if name in _SAME:
        inner_node = arguments[0] if arguments else target
        return _path(inner_node, evaluator, path, depth + 1) if inner_node is not None else None
    return None


def _parent(node: Node, evaluator: Evaluator, path: str, depth: int) -> str | None:
    """`p.parent`, `p.parents[1]`."""
    steps = 1
    if node.type == "subscript":
        index, value = node.child_by_field_name("subscript"), node.child_by_field_name("value")
        if index is None or value is None or not folded(index).isdecimal() or len(folded(index)) > 2:
            return None
        steps, node = int(folded(index)) + 1, value
    inner, name = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    if inner is None or name is None or folded(name) not in ("parent", "parents"):
        return None
    found = _path(inner, evaluator, path, depth + 1)
    for _ in range(steps):
        if found is not None:
            climbs = found in (_HERE, _START) or found.endswith("/..")
            found = f"{found}/.." if climbs else posixpath.dirname(found)
    return found


def _joined(nodes: list[Node], glue: str, evaluator: Evaluator, path: str, depth: int) -> str | None:
    pieces = [_path(node, evaluator, path, depth + 1) for node in nodes]
    known = [_UNKNOWN if piece is None else piece for piece in pieces]
    return glue.join(piece for piece in known if piece or not glue)


def _literal(node: Node, evaluator: Evaluator) -> str | None:
    parts = evaluator.parts(node)
    known = [part.value for part in parts if isinstance(part, LiteralPart)]
    return "".join(known) if parts and len(known) == len(parts) else None


def _plain(node: Node, evaluator: Evaluator) -> Node:
    found = evaluator.bound(node)
    return found[0] if found is not None else node


def _called(node: Node) -> tuple[Node | None, str, list[Node]]:
    """What a call is called on, the last word of its callee, and its arguments."""
    callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    arguments = node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return None, "", []
    target = callee.child_by_field_name("object") or callee.child_by_field_name("value")
    name = folded(callee, 200).replace("::", ".").rpartition(".")[2]
    return target, name, [child for child in arguments.named_children if "comment" not in child.type]
