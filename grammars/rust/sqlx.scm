; sqlx: https://docs.rs/sqlx/latest/sqlx/#functions and #macros
; sqlx::query("..."), query_as::<_, T>("...")

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

; The Executor trait takes a text as it is: pool.execute("..."), tx.fetch_one("..."), conn.execute_many(include_str!("...")).
((call_expression
    function: (field_expression value: (_) @query.handle field: (field_identifier) @_name)
    arguments: (arguments . [(string_literal) (raw_string_literal) (reference_expression) (macro_invocation) (identifier) (call_expression)] @query.sql .)) @query
  (#any-of? @_name "execute" "execute_many" "fetch" "fetch_all" "fetch_one" "fetch_optional" "fetch_many" "prepare")
  (#set! gate "literal") (#set! operation "script"))

; QueryBuilder::new("..."), sqlx::QueryBuilder::<Postgres>::new("..."): what is pushed later is read from there on.
((call_expression
    function: (scoped_identifier path: (_) @_builder name: (identifier) @_new)
    arguments: (arguments . (_) @query.sql)) @query
  (#match? @_builder "^(sqlx::)?QueryBuilder(::<[^>]*>|<[^>]*>)?$")
  (#any-of? @_new "new" "with_arguments"))
