"""schemalink: links application code to its database schema, statically.

Bird's eye. Bytes become Sources (`discover`), Sources become FileFacts (`extract`, one file at a time), FileFacts become a
Program (`program`, what needs more than one file), SQL files and DDL become a History and a Schema (`schema`, by way of `sql`),
Program and Schema become a ReferenceGraph (`link`), rules read the graph and yield Findings (`rules`), formats print a Report
(`report`). `engine.analyze` is that pipeline and nothing else.

Libraries that hide SQL. What an ORM declares and calls is lowered to SQL in `extract/frameworks`: a Text whose parts name entities as their file does
(TablePart, ColumnPart, JoinPart ..). `program/entities` finds those entities across files, makes them whole with what they take from others, and puts
the database's names into the texts. A name that is handed in (`self.model`) is a slot: `program/handed` says which entities reach it, and the query
stands once for each. From there on a built query is a query like any other, a model a CREATE TABLE that `schema` holds against the
migrations or takes for the schema, and a migration in code (Revision) a list of statements. Nobody behind `extract` knows a library.

Documents. Where a library of documents is near, `extract/objects` keeps the file's expressions as plain values (Objects), and its frameworks read shapes and
models from those. `program/documents` evaluates them over files: which collection a call is on, what its filter and its documents hold, once more for each call of
a wrapper. `schema/documents` adds up what models, validators and writers say to a Schema whose tables are collections; `link/documents` makes each call a
LinkedQuery like any other.

Invariants. Data flows one way through frozen values; an import that goes up is a defect of design. Only `cli`, `live` (a
database file that was asked for) and the walk in `discover` touch the disk; nothing touches the network or runs analysed code. Only `sql` knows sqlglot, only `extract` knows
tree-sitter. Parsing never fails: it gives facts and errors. Unknown is a value: only what is proved missing is accused. Equal
input gives equal bytes.
"""

__version__ = "0.1.0"
