; tokio-postgres and deadpool-postgres: https://docs.rs/tokio-postgres/latest/tokio_postgres/struct.Client.html

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql . [(line_comment) (block_comment)]* . (_) @query.arguments)) @query
  (#any-of? @_method "query" "query_one" "query_opt" "execute" "query_raw" "execute_raw" "query_typed" "query_typed_raw")
  (#set! gate "import") (#set! arguments "list") (#set! paramstyle "numeric"))

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql)) @query
  (#any-of? @_method "prepare" "prepare_typed" "prepare_cached" "prepare_typed_cached" "copy_in" "copy_out")
  (#set! gate "import") (#set! operation "prepare") (#set! paramstyle "numeric"))

((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_method)
    arguments: (arguments . (_) @query.sql . [(line_comment) (block_comment)]* .)) @query
  (#any-of? @_method "batch_execute" "simple_query")
  (#set! gate "import") (#set! operation "script"))
