; Drizzle ORM: what only TypeScript writes so.

; const columns = { .. } satisfies Columns, const users = pgTable(..) as Users
(variable_declarator name: (identifier) @declaration.name
  value: [(as_expression) (satisfies_expression)] @declaration.value) @declaration

; db.select<Shape[]>(..) comes as a type that is asserted to be there.
((call_expression
    function: (non_null_expression (instantiation_expression (member_expression property: (property_identifier) @_method)))
    arguments: (arguments)) @query
  (#any-of? @_method "select" "selectDistinct" "selectDistinctOn" "insert" "update" "delete" "$count" "findMany" "findFirst"
                     "execute" "run" "all" "get" "values"))
