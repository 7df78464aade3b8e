; postgres.js: https://github.com/porsager/postgres#usage, and the tags with its interface: @vercel/postgres, neon, Bun's `sql`.
; sql`select .. ${value}`, sql.unsafe(text, values)

((call_expression function: [(identifier) (member_expression)] @query.handle arguments: (template_string) @query.sql) @query)
((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#eq? @_method "unsafe"))
