; Of tree-sitter-typescript 0.23.2: a tag with type arguments comes back as something else.

; sql<User[]>`..`: a callee that misses its "!"
((call_expression
    function: (non_null_expression (instantiation_expression
      [(identifier) @query.handle (member_expression) @query.handle
       (await_expression [(identifier) (member_expression)] @query.handle)]
      type_arguments: (type_arguments (_) @query.row)))
    arguments: (template_string) @query.sql) @query)
; sql<User>`..`: a comparison
((binary_expression
    left: (binary_expression
      left: [(identifier) @query.handle (member_expression) @query.handle
             (await_expression [(identifier) (member_expression)] @query.handle)]
      operator: "<" right: (identifier) @query.row)
    operator: ">" right: (template_string) @query.sql) @query)
; const users = sql<{ id: string }>`..`: an error before the template
((variable_declarator
    (ERROR (instantiation_expression [(identifier) (member_expression)] @query.handle type_arguments: (type_arguments (_) @query.row)))
    value: (template_string) @query.sql @query))
