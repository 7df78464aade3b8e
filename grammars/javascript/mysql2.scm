; mysql2: https://sidorares.github.io/node-mysql2/docs; mysql: https://github.com/mysqljs/mysql#performing-queries
; connection.query(sql, values?, callback?), .execute(sql, values?), .query({ sql, values, rowsAsArray })

((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "query" "execute"))
