"""SQLAlchemy's statements and session queries, as SQL: https://docs.sqlalchemy.org/en/20/orm/queryguide/.

What comes in: a Site of a call. What goes out: Queries whose texts mention entities. `sites` says which calls are sites, `roots` where a statement begins,
`chains` what is added to one, `names` what a name means, `reading` what an expression is; `statements`, `selects`, `joins`, `writes` write statements, `operands` and
`expressions` what they hold; `sessions` knows objects, `loading` what is read of rows. This room does not know what a table declares.
"""

from analyzer.extract.frameworks.sqlalchemy.queries.sites import refine

__all__ = ["refine"]
