; Drizzle ORM.

; ---------------------------------------------------------------- tables: https://orm.drizzle.team/docs/sql-schema-declaration
; const users = pgTable("users", { .. }), const timestamps = { .. }, const id = () => uuid("id"); what it is is for the module to say.
(variable_declarator name: (identifier) @declaration.name
  value: [(call_expression) (object) (arrow_function) (function_expression)] @declaration.value) @declaration
(function_declaration name: (identifier) @declaration.name) @declaration @declaration.value
; const accounts = users, export { users as accounts }
(variable_declarator name: (identifier) @declaration.name value: [(identifier) (member_expression)] @declaration.value) @declaration
(export_specifier alias: (_)) @declaration @declaration.exported
; drizzle(client, { casing: "snake_case" }), defineConfig({ casing: "snake_case" })
((pair key: (property_identifier) @_key value: (string) @declaration.casing) @declaration
  (#eq? @_key "casing"))

; ---------------------------------------------------------------- queries: https://orm.drizzle.team/docs/select
; The call that begins a chain: db.select(..), db.insert(users), db.query.users.findMany(..), db.execute(sql`..`)
((call_expression
    function: [(member_expression property: (property_identifier) @_method)
               (await_expression (member_expression property: (property_identifier) @_method))]
    arguments: (arguments)) @query
  (#any-of? @_method "select" "selectDistinct" "selectDistinctOn" "insert" "update" "delete" "$count" "findMany" "findFirst"
                     "execute" "run" "all" "get" "values"))
