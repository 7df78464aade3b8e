; node-sqlite3: https://github.com/TryGhost/node-sqlite3/wiki/API; the promises of npm `sqlite` have the same names.
; db.run(sql, params..., callback?), db.get, db.all, db.each, db.exec(sql), db.prepare(sql, params...)

((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "run" "get" "all" "each" "exec" "prepare"))
