; sqlx: https://docs.rs/sqlx/latest/sqlx/#functions and #macros
; sqlx::query("..."), query_as::<_, T>("..."), QueryBuilder::new is read elsewhere.

((call_expression
    function: [(identifier) @_name
               (scoped_identifier name: (identifier) @_name)
               (generic_function function: [(identifier) @_name (scoped_identifier name: (identifier) @_name)]
                                 type_arguments: (type_arguments) @query.row)]
    arguments: (arguments . (_) @query.sql)) @query
  (#any-of? @_name "query" "query_as" "query_scalar" "query_with" "query_as_with" "query_scalar_with" "raw_sql"))

((macro_invocation
    macro: [(identifier) @_name (scoped_identifier name: (identifier) @_name)]
    (token_tree) @query.tokens) @query
  (#any-of? @_name "query" "query_as" "query_scalar" "query_unchecked" "query_as_unchecked" "query_scalar_unchecked"
                   "query_file" "query_file_as" "query_file_scalar" "query_file_unchecked" "query_file_as_unchecked" "query_file_scalar_unchecked"))
