"""Styled lines -> text, plain or with colours.

What comes in: lines of pieces, each a style and a text. What goes out: one text. rich is imported only where colour is asked
for: most runs have none, and start faster. This module does not know what is printed.
"""

from collections.abc import Iterable
from typing import Literal

Style = Literal["", "bold", "dim", "error", "warning", "info", "help"]
Piece = tuple[Style, str]
Line = tuple[Piece, ...]

_RICH: dict[Style, str] = {
    "": "",
    "bold": "bold",
    "dim": "blue",
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "help": "bold green",
}


def paint(lines: Iterable[Line], *, color: bool) -> str:
    """All lines, each with its line ending."""
    if not color:
        return "".join("".join(text for _, text in line).rstrip() + "\n" for line in lines)
    from rich.color import ColorSystem  # noqa: PLC0415
    from rich.style import Style as RichStyle  # noqa: PLC0415

    styles = {name: RichStyle.parse(definition or "none") for name, definition in _RICH.items()}
    return "".join(
        "".join(styles[style].render(text, color_system=ColorSystem.STANDARD) for style, text in line) + "\n"
        for line in lines
    )
