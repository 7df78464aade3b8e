"""Types as the host languages write them: their texts taken apart.

What comes in: a text. What goes out: its parts. This module does not know what a type means.
"""


def parts_of(text: str, sign: str) -> list[str]:
    """A text split at signs that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "[<({") - (letter in "]>)}")
        if letter == sign and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in (*parts, text[start:])]
