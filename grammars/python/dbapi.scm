; PEP 249 (https://peps.python.org/pep-0249/), asyncpg, aiosqlite, databases, and what is named after them: execute*, fetch*.
; Which argument is the statement, and whether the site is a query at all, is decided by the module of this name.

((call
    function: (attribute object: (_) @query.handle attribute: (identifier) @_name)
    arguments: (argument_list (_)) @_arguments) @query
  (#match? @_name "^(a?execute[a-z_]*|fetch[a-z_]*|prepare|copy|copy_expert|copy_from_query|cursor|stream|iterate|scalars?|exec_driver_sql|exec|raw|one|all|run|query[a-z_]*|read_sql|read_sql_query|mogrify)$"))

((call
    function: (identifier) @_name
    arguments: (argument_list (_)) @_arguments) @query
  (#any-of? @_name "execute_values" "execute_batch" "read_sql" "read_sql_query"))
