"""Does a string look like SQL? Asked of strings that reach a method whose name other libraries share.

What comes in: a text with `{}` for holes. What goes out: yes or no. This module does not parse.
"""

import re

# The first words of a statement in any of the three dialects, with the word that must follow where the first one is English.
_START = re.compile(
    r"""\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*\(*\s*(?:
        select(?:\s+\S|[*("'`\[]) | with\s+(?:recursive\s+)?["`\w{]+.*?\bas\b | values\s*\( |
        insert\s+(?:or\s+\w+\s+|ignore\s+|low_priority\s+|delayed\s+|high_priority\s+)?into\b | replace\s+into\b |
        update\s+(?:or\s+\w+\s+|only\s+)?["`\[\w{.]+.*?\bset\b | delete\s+from\b | merge\s+into\b |
        create\s+(?:or\s+replace\s+)?(?:global\s+|local\s+)?(?:temp|temporary|unlogged|unique|virtual|table|index|view|materialized|type|
            trigger|function|procedure|schema|extension|domain|sequence|database|role|user|policy|publication|event)\b |
        alter\s+(?:table|index|view|type|sequence|schema|database|role|user|domain|function|materialized|system)\b |
        drop\s+(?:table|index|view|type|trigger|function|procedure|schema|extension|domain|sequence|database|role|user|materialized|policy|column)\b |
        truncate\s+(?:table\s+)?["`\w{] | pragma\s+\w | vacuum\b | reindex\b | analyze\b(?!\s+\w+\s+\w) | explain\s+\w |
        begin\s*(?:;|$|transaction\b|immediate\b|exclusive\b|deferred\b|work\b|isolation\b|read\b) | commit\s*(?:;|$|transaction\b) | rollback\s*(?:;|$|to\b|transaction\b) |
        savepoint\s+["`\w{] | release\s+["`\w{] | start\s+transaction\b | end\s*(?:;|$) | attach\s+(?:database\s+)?['"{?:] | detach\s+\w |
        set\s+(?:local\s+|session\s+|global\s+|names\s+|transaction\s+|@)?[\w.]+\s*(?:=|\bto\b) | show\s+\w | grant\s+[\w{"`] | revoke\s+[\w{"`] |
        listen\s+["\w{] | notify\s+["\w{] | unlisten\b | lock\s+tables?\b | copy\s+["\w{(] | comment\s+on\b | call\s+\w | do\s+\$ |
        refresh\s+materialized\b | discard\s+\w | declare\s+\w+.*\bcursor\b | fetch\s+\w+.*\bfrom\b | use\s+\w+\s*;?\s*$ | reset\s+\w
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def looks_like_sql(text: str) -> bool:
    """True where the text begins as a statement begins."""
    return _START.match(text[:2000]) is not None
