; Constants that may be closed sets of values.

(program
  (lexical_declaration "const" (variable_declarator name: (identifier) value: (_)) @enumeration))

(program
  (export_statement
    (lexical_declaration "const" (variable_declarator name: (identifier) value: (_)) @enumeration)))
