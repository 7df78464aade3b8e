; Lists a program goes through: arrays, vectors, and vectors filled by one push after another.

(array_expression) @list
((macro_invocation macro: [(identifier) @_macro (scoped_identifier name: (identifier) @_macro)] (token_tree) @tokens) (#eq? @_macro "vec"))
((call_expression function: (field_expression value: (identifier) @push.list field: (field_identifier) @_method)
    arguments: (arguments . (_) @push.entry .)) @push
  (#any-of? @_method "push" "push_back"))
