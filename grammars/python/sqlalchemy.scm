; SQLAlchemy, SQLModel.

; ---------------------------------------------------------------- models: https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html

; Classes of any kind: what they stand for is known once their bases are.
(class_definition) @declaration

; Base = declarative_base(), users = Table(..), JSONType = JSON().with_variant(..), intpk = Annotated[..]
(module (expression_statement (assignment left: (identifier) right: [(call) (subscript) (attribute)]) @declaration))
(module (if_statement (block (expression_statement (assignment left: (identifier) right: (call)) @declaration))))
(module (if_statement (else_clause (block (expression_statement (assignment left: (identifier) right: (call)) @declaration)))))
(module (try_statement (block (expression_statement (assignment left: (identifier) right: (call)) @declaration))))

; registry.map_imperatively(User, users)
((call function: [(attribute attribute: (identifier) @_mapper) (identifier) @_mapper] arguments: (argument_list (_) (_))) @declaration
  (#any-of? @_mapper "map_imperatively" "mapper"))

; ---------------------------------------------------------------- queries: https://docs.sqlalchemy.org/en/20/orm/queryguide/

; A statement's first call; which calls are, the module of this name decides.
((call function: [(identifier) @_name (attribute attribute: (identifier) @_name)]) @query
  (#match? @_name "^(exists|query|get|get_one|get_or_404|add|add_all|merge|bulk_save_objects|union(_all)?|intersect(_all)?|except_(all)?|\\w*(select|insert|upsert|update|delete)\\w*)$"))

; Flask-SQLAlchemy: User.query.filter_by(..)
((attribute attribute: (identifier) @_name) @query (#eq? @_name "query"))
