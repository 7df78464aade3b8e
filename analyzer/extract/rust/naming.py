"""The styles in which Rust's derives write the names of variants.

What comes in: a variant's name and a style as the attribute writes it. What goes out: the text, None for a style that is not known. Sources: `heck`'s
documentation (what sqlx and strum use: words end where case changes) and serde_derive's `RenameRule::apply_to_variant` (every upper-case
letter begins a word). This module does not know attributes.
"""

from collections.abc import Callable, Iterator

_Style = Callable[[list[str]], str]
_STYLES: dict[str, _Style] = {
    "snake_case": "_".join,
    "kebab-case": "-".join,
    "SCREAMING_SNAKE_CASE": lambda words: "_".join(words).upper(),
    "SCREAMING-KEBAB-CASE": lambda words: "-".join(words).upper(),
    "camelCase": lambda words: words[0] + "".join(word.capitalize() for word in words[1:]),
    "mixed_case": lambda words: words[0] + "".join(word.capitalize() for word in words[1:]),
    "PascalCase": lambda words: "".join(word.capitalize() for word in words),
    "title_case": lambda words: " ".join(word.capitalize() for word in words),
    "Train-Case": lambda words: "-".join(word.capitalize() for word in words),
}
_SERDE = {
    "snake_case": "_", "kebab-case": "-", "SCREAMING_SNAKE_CASE": "_", "SCREAMING-KEBAB-CASE": "-",
}  # fmt: skip


def styled(name: str, style: str) -> str | None:
    """As sqlx and strum write it."""
    if style in ("", "lowercase", "UPPERCASE"):
        return _plain(name, style)
    join = _STYLES.get(style)
    return join([word.lower() for word in _words(name)]) if join is not None and name else None


def serde_styled(name: str, style: str) -> str | None:
    """As serde writes it."""
    if style in ("", "PascalCase", "lowercase", "UPPERCASE"):
        return _plain(name, style)
    if style == "camelCase":
        return name[:1].lower() + name[1:]
    glue = _SERDE.get(style)
    if glue is None:
        return None
    text = "".join(
        glue + letter.lower() if at and letter.isupper() else letter.lower() for at, letter in enumerate(name)
    )
    return text.upper() if style.startswith("SCREAMING") else text


def _plain(name: str, style: str) -> str:
    return {"lowercase": name.lower(), "UPPERCASE": name.upper()}.get(style, name)


def _words(name: str) -> Iterator[str]:
    """`HTTPServer2Go` is HTTP, Server2, Go."""
    start, was_lower, was_upper = 0, False, False
    for at, letter in enumerate(name):
        if letter == "_":
            if start < at:
                yield name[start:at]
            start, was_lower, was_upper = at + 1, False, False
            continue
        following = name[at + 1 : at + 2]
        if at > start and letter.isupper() and (was_lower or (was_upper and following.islower())):
            yield name[start:at]
            start = at
        if letter.isupper() or letter.islower():
            was_lower, was_upper = letter.islower(), letter.isupper()
    if start < len(name):
        yield name[start:]
