; Functions, owners, loops, bindings and calls of a Python file.

(function_definition name: (identifier) @function.name parameters: (parameters) @function.parameters) @function
(lambda !parameters) @function
(lambda parameters: (lambda_parameters) @function.parameters) @function
(assignment left: (identifier) @function.name right: (lambda parameters: (lambda_parameters) @function.parameters) @function)

(class_definition name: (identifier) @owner.name) @owner

(for_statement left: (_) @loop.variable right: (_) @loop.over body: (block) @loop.body) @loop
((while_statement condition: (_) @loop.over body: (block) @loop.body) @loop (#set! kind "while"))
((while_statement
    condition: [(named_expression name: (identifier) @loop.variable value: (_) @loop.over)
                (parenthesized_expression (named_expression name: (identifier) @loop.variable value: (_) @loop.over))
                (comparison_operator . (parenthesized_expression (named_expression name: (identifier) @loop.variable value: (_) @loop.over)))]
    body: (block) @loop.body) @loop
  (#set! kind "while"))

; The first clause of a comprehension is the comprehension; a further clause is a loop of its own inside it. What follows a clause
; runs once a turn, the sequence does not.
((list_comprehension body: (_) @loop.body . (comment)* . (for_in_clause left: (_) @loop.variable right: (_) @loop.over)
    [(for_in_clause) (if_clause) (comment)]* @loop.body) @loop
  (#set! kind "comprehension"))
((list_comprehension body: (_) @loop.body (for_in_clause) [(for_in_clause) (if_clause) (comment)]* .
    (for_in_clause left: (_) @loop.variable right: (_) @loop.over) @loop . [(for_in_clause) (if_clause) (comment)]* @loop.body)
  (#set! kind "comprehension"))
((set_comprehension body: (_) @loop.body . (comment)* . (for_in_clause left: (_) @loop.variable right: (_) @loop.over)
    [(for_in_clause) (if_clause) (comment)]* @loop.body) @loop
  (#set! kind "comprehension"))
((set_comprehension body: (_) @loop.body (for_in_clause) [(for_in_clause) (if_clause) (comment)]* .
    (for_in_clause left: (_) @loop.variable right: (_) @loop.over) @loop . [(for_in_clause) (if_clause) (comment)]* @loop.body)
  (#set! kind "comprehension"))
((dictionary_comprehension body: (_) @loop.body . (comment)* . (for_in_clause left: (_) @loop.variable right: (_) @loop.over)
    [(for_in_clause) (if_clause) (comment)]* @loop.body) @loop
  (#set! kind "comprehension"))
((dictionary_comprehension body: (_) @loop.body (for_in_clause) [(for_in_clause) (if_clause) (comment)]* .
    (for_in_clause left: (_) @loop.variable right: (_) @loop.over) @loop . [(for_in_clause) (if_clause) (comment)]* @loop.body)
  (#set! kind "comprehension"))
((generator_expression body: (_) @loop.body . (comment)* . (for_in_clause left: (_) @loop.variable right: (_) @loop.over)
    [(for_in_clause) (if_clause) (comment)]* @loop.body) @loop
  (#set! kind "comprehension"))
((generator_expression body: (_) @loop.body (for_in_clause) [(for_in_clause) (if_clause) (comment)]* .
    (for_in_clause left: (_) @loop.variable right: (_) @loop.over) @loop . [(for_in_clause) (if_clause) (comment)]* @loop.body)
  (#set! kind "comprehension"))

((call
    function: [(identifier) @_name (attribute attribute: (identifier) @_name)]
    arguments: (argument_list . (lambda parameters: (lambda_parameters) @loop.variable body: (_) @loop.body) . (_) @loop.over)) @loop
  (#any-of? @_name "map" "filter" "imap" "imap_unordered" "starmap")
  (#set! kind "callback"))

(assignment left: (_) @binding.name right: (_) @binding.value)
(named_expression name: (identifier) @binding.name value: (_) @binding.value)
(as_pattern . (_) @binding.value alias: (as_pattern_target (_) @binding.name))
((augmented_assignment left: (identifier) @binding.name operator: "+=" right: (_) @binding.value) (#set! mutation "append"))
((assignment left: (subscript value: (identifier) @binding.name)) (#set! mutation "true"))
((call function: (attribute object: (identifier) @binding.name attribute: (identifier) @_method)
       arguments: (argument_list (_)))
  (#any-of? @_method "append" "extend" "insert" "add" "update" "remove" "setdefault")
  (#set! mutation "true"))

(call function: (_) @call.callee arguments: [(argument_list) @call.arguments (generator_expression)]) @call

(return_statement (_) @return.value)
