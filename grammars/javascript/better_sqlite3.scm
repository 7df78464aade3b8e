; better-sqlite3: https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md
; node:sqlite: https://nodejs.org/api/sqlite.html; bun:sqlite: https://bun.sh/docs/api/sqlite; D1: https://developers.cloudflare.com/d1/worker-api/
; db.prepare(sql).get(..), db.exec(sql), db.pragma("..."), bun's db.query(sql).get(..)

((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "prepare" "exec" "pragma" "query"))
