; pg: https://node-postgres.com/apis/client#clientquery
; pool.query(text, values?, callback?), client.query({ text, values, rowMode }), new Query(text, values), new Cursor(text, values)

((call_expression
    function: [(member_expression object: (_) @query.handle property: (property_identifier) @_method)
               (await_expression (member_expression object: (_) @query.handle property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#eq? @_method "query"))
((new_expression constructor: [(identifier) @_class (member_expression property: (property_identifier) @_class)]
    arguments: (arguments)) @query
  (#any-of? @_class "Query" "Cursor" "QueryStream"))
