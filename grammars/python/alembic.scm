; Alembic: a module that says what it comes behind is a migration: https://alembic.sqlalchemy.org/en/latest/tutorial.html#create-a-migration-script

((module (expression_statement (assignment left: (identifier) @declaration right: (_))))
  (#eq? @declaration "down_revision"))

; A module that takes `op` and is no migration: its functions may be called by migrations.
((module (import_from_statement module_name: (dotted_name) @_module name: (dotted_name) @_name) @declaration)
  (#eq? @_module "alembic") (#eq? @_name "op"))

; What constraints are called: https://docs.sqlalchemy.org/en/20/core/constraints.html#configuring-constraint-naming-conventions
((keyword_argument name: (identifier) @_key value: (_)) @declaration
  (#eq? @_key "naming_convention"))
