; rusqlite: https://docs.rs/rusqlite/latest/rusqlite/struct.Connection.html
; The names are shared with other drivers: the text must begin like SQL, or the file import the crate.

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql . [(line_comment) (block_comment)]* . (_)? @query.arguments)) @query
  (#any-of? @_method "execute" "query_row" "query_row_and_then" "query_one")
  (#set! gate "import") (#set! arguments "list"))

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql . [(line_comment) (block_comment)]* .)) @query
  (#any-of? @_method "prepare" "prepare_cached" "prepare_with_flags")
  (#set! gate "import") (#set! operation "prepare"))

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql . [(line_comment) (block_comment)]* .)) @query
  (#any-of? @_method "execute_batch")
  (#set! gate "import") (#set! operation "script"))
