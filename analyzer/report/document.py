"""Plain values -> the text of a JSON document, in the order they were put together.

This module does not know what the document means.
"""

import json


def document(value: object) -> str:
    """Indented JSON with a line ending; characters that no UTF-8 can hold are replaced."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
