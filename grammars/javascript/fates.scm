; What is tried (the node around it catches), what need not run, and what both questions stop at.

(try_statement body: (_) @tried handler: (_))
((call_expression
    function: (member_expression object: (_) @tried property: (property_identifier) @_method) arguments: (arguments . (_)))
  (#eq? @_method "catch"))
((call_expression
    function: (member_expression object: (_) @tried property: (property_identifier) @_method) arguments: (arguments . (_) . (_)))
  (#eq? @_method "then"))
((call_expression function: (member_expression property: (property_identifier) @_method) arguments: (arguments) @tried)
  (#eq? @_method "allSettled"))

(if_statement consequence: (_) @guarded)
(else_clause (_) @guarded)
[(switch_case) (switch_default)] @guarded
(ternary_expression consequence: (_) @guarded)
(ternary_expression alternative: (_) @guarded)
(binary_expression operator: ["&&" "||" "??"] right: (_) @guarded)
(catch_clause body: (_) @guarded)
((call_expression function: (member_expression property: (property_identifier) @_method) arguments: (arguments) @guarded)
  (#eq? @_method "catch"))

[(function_declaration) (generator_function_declaration) (function_expression) (generator_function) (arrow_function) (method_definition)] @function
