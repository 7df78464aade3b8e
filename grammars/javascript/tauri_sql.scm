; tauri-plugin-sql: https://v2.tauri.app/plugin/sql/
; const db = await Database.load("sqlite:shop.db"); await db.select<T[]>(sql, values?); await db.execute(sql, values?)

((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "select" "execute"))
