; What code takes from a row: one column, or all of them by as many names.

(subscript value: (_) @read.row . subscript: [(string) (integer)] @read.key .) @read
(subscript value: (_) @lost.row . subscript: (_) @_key .) @lost
(call function: (attribute object: (_) @get.row attribute: (identifier) @_get) arguments: (argument_list . (string) @get.key)) @get
(call function: (attribute object: (identifier) @lost.row attribute: (identifier) @_method)) @lost
(expression_statement [(call function: (_) @_to arguments: (argument_list (identifier) @given.row))
                       (await (call function: (_) @_to arguments: (argument_list (identifier) @given.row)))])
(augmented_assignment left: (identifier) @lost.row) @lost
(attribute object: (_) @attribute.row attribute: (identifier) @attribute.key) @attribute
(comparison_operator (string) @asked.key ["in" "not in"] . (identifier) @asked.row)
(comparison_operator (string) @asked.key ["in" "not in"]
  . (call function: (attribute object: (identifier) @asked.row attribute: (identifier) @_keys)))

(assignment left: [(pattern_list) (tuple_pattern)] @apart right: (_) @apart.row)
(for_statement left: [(pattern_list) (tuple_pattern)] @apart right: (_) @apart.rows)
(for_in_clause left: [(pattern_list) (tuple_pattern)] @apart right: (_) @apart.rows)
(assignment left: (identifier) type: (type) @annotated.type right: (_) @annotated.row)
