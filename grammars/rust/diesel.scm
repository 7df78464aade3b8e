; Diesel: https://docs.rs/diesel, and diesel_async, whose calls are the same

; diesel::table! { users (id) { id -> Int4, } }, joinable!(posts -> users (user_id)), alias!(users as u: U)
((macro_invocation
    macro: [(identifier) @declaration.macro (scoped_identifier path: (identifier) @_crate name: (identifier) @declaration.macro)]
    (token_tree) @declaration.tokens) @declaration
  (#any-of? @declaration.macro "table" "view" "joinable" "alias")
  (#set! kind "macro"))

; #[derive(Queryable, Selectable)] #[diesel(table_name = users)] struct User { .. }
((struct_item) @declaration (#set! kind "struct"))

; fn visible() -> _ { users::deleted.eq(false) }, const COLUMNS: (..) = (users::id, users::name)
((function_item) @declaration (#set! kind "part"))
((const_item value: (tuple_expression)) @declaration (#set! kind "part"))

; users::table.filter(..).load::<User>(conn), diesel::insert_into(users::table).values(&new).execute(conn), conn.batch_execute("..")
((call_expression
    function: [(field_expression field: (field_identifier) @_method)
               (generic_function function: (field_expression field: (field_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "load" "first" "get_result" "get_results" "execute" "load_stream" "load_iter" "batch_execute"))
