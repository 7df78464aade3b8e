; Names of macros that check queries, or that may write such a macro: sqlx's own, and a project's around them.

((macro_invocation macro: [(identifier) @name (scoped_identifier name: (identifier) @name)])
  (#match? @name "query"))

; What the grammar could not read may hold one.
((ERROR) @name
  (#match? @name "query"))

((token_tree (identifier) @name . "!")
  (#match? @name "query"))
