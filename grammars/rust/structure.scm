; Functions, owners, loops, bindings and calls of a Rust file.

(function_item name: (identifier) @function.name parameters: (parameters) @function.parameters) @function
(closure_expression parameters: (closure_parameters) @function.parameters) @function
(let_declaration pattern: (identifier) @function.name
  value: (closure_expression parameters: (closure_parameters) @function.parameters) @function)

(impl_item type: [(type_identifier) (scoped_type_identifier) (generic_type)] @owner.name) @owner
(trait_item name: (type_identifier) @owner.name) @owner

(for_expression pattern: (_) @loop.variable value: (_) @loop.over body: (block) @loop.body) @loop
((while_expression condition: (let_condition pattern: (_) @loop.variable value: (_) @loop.over) body: (block) @loop.body) @loop
  (#set! kind "while"))
((while_expression condition: [(identifier) (binary_expression) (unary_expression) (call_expression) (boolean_literal) (field_expression) (parenthesized_expression)] @loop.over
    body: (block) @loop.body) @loop
  (#set! kind "while"))
((loop_expression body: (block) @loop.body) @loop (#set! kind "while"))
((call_expression
    function: (field_expression value: (_) @loop.over field: (field_identifier) @_method)
    arguments: (arguments . (closure_expression parameters: (closure_parameters) @loop.variable body: (_) @loop.body))) @loop
  (#any-of? @_method "map" "for_each" "for_each_concurrent" "flat_map" "filter_map" "then" "and_then" "try_for_each" "filter" "any" "all")
  (#set! kind "callback"))

(block) @block
((let_declaration pattern: (_) @binding.name value: (_) @binding.value) (#set! block "true"))
((let_declaration pattern: (identifier) @binding.name !value) (#set! block "true"))
(const_item name: (identifier) @binding.name value: (_) @binding.value)
(static_item name: (identifier) @binding.name value: (_) @binding.value)
((assignment_expression left: (identifier) @binding.name right: (_) @binding.value) (#set! outer "true"))
((compound_assignment_expr left: (identifier) @binding.name right: (_) @binding.value) (#set! mutation "true") (#set! outer "true"))
((call_expression function: (field_expression value: (identifier) @binding.name field: (field_identifier) @_method)
    arguments: (arguments . (_) @binding.value .))
  (#any-of? @_method "push_str" "write_str") (#set! mutation "true") (#set! outer "true"))
((call_expression function: (field_expression value: (identifier) @binding.name field: (field_identifier) @_method))
  (#any-of? @_method "push" "insert_str" "insert" "extend" "truncate" "clear" "pop" "retain" "replace_range") (#set! mutation "true") (#set! outer "true"))
; What a function or a macro is given to write into.
((arguments (reference_expression (mutable_specifier) value: (identifier) @binding.name)) (#set! mutation "true") (#set! outer "true"))
((macro_invocation macro: [(identifier) @_macro (scoped_identifier name: (identifier) @_macro)]
    (token_tree . ["&" (mutable_specifier)]* . (identifier) @binding.name))
  (#any-of? @_macro "write" "writeln") (#set! mutation "true") (#set! outer "true"))
(let_condition pattern: (_) @binding.name value: (_) @binding.value)

(call_expression function: (_) @call.callee arguments: (arguments) @call.arguments) @call

(return_expression (_) @return.value)
(function_item body: (block) @return.value)
