; What the reading of values needs of a Python file beside its structure.

(assignment left: (subscript) @entry right: (_) @entry.value) @change
(augmented_assignment left: (_) @grown right: (_) @grown.value) @change
(delete_statement (_) @deleted) @change

(assignment left: [(identifier) (attribute) (subscript) (pattern_list) (tuple_pattern)] @kept right: (_) @kept.value)
(global_statement (identifier) @global)
(assignment left: (attribute) @typed type: (type) @typed.type)

(class_definition) @class
(function_definition parameters: (parameters) @parameters) @function
(lambda parameters: (lambda_parameters) @parameters) @function

(if_statement condition: (_) @test)
(elif_clause condition: (_) @test)
(while_statement condition: (_) @test)
(if_clause (_) @test)
(assert_statement . (_) @test)
(conditional_expression (_) . (_) @test . (_))
(not_operator argument: (_) @test)
(boolean_operator left: (_) @test)
((call function: (identifier) @_bool arguments: (argument_list . (_) @test .)) (#eq? @_bool "bool"))

(yield (_) @given)
(lambda body: (_) @given)

; What code makes sure of before it goes on: the kind of a value, that it is a string.
((call function: (identifier) @_kind arguments: (argument_list . (_) @checked)) (#eq? @_kind "isinstance"))
((call function: (attribute object: (_) @checked attribute: (identifier) @_method))
  (#match? @_method "^(lower|upper|strip|split|startswith|endswith|encode|casefold)$"))
