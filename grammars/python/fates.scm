; What is tried (the node around it catches), what need not run, and what both questions stop at.

(try_statement body: (_) @tried (except_clause))
((with_statement (with_clause (with_item value: (call function: [(identifier) @_name (attribute attribute: (identifier) @_name)]))) body: (_) @tried)
  (#eq? @_name "suppress"))

(if_statement consequence: (_) @guarded)
(if_statement alternative: (_) @guarded)
(case_clause) @guarded
(conditional_expression . (_) @guarded)
(conditional_expression (_) @guarded .)
(boolean_operator right: (_) @guarded)
(except_clause) @guarded

[(function_definition) (lambda)] @function
