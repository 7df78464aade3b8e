"""schemalink: links application code to its database schema, statically.

Bird's eye. Bytes become Sources (`discover`), Sources become FileFacts (`extract`, one file at a time), FileFacts become a
Program (`program`, what needs more than one file), SQL files and DDL become a History and a Schema (`schema`, by way of `sql`),
Program and Schema become a ReferenceGraph (`link`), rules read the graph and yield Findings (`rules`), formats print a Report
(`report`). `engine.analyze` is that pipeline and nothing else.

Invariants. Data flows one way through frozen values; an import that goes up is a defect of design. Only `cli`, `live` (a
database file that was asked for) and the walk in `discover` touch the disk; nothing touches the network or runs analysed code. Only `sql` knows sqlglot, only `extract` knows
tree-sitter. Parsing never fails: it gives facts and errors. Unknown is a value: only what is proved missing is accused. Equal
input gives equal bytes.
"""

__version__ = "0.1.0"
