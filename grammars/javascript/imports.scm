; Every form that names a module: `import`, `export .. from`, `require`, `import()`.

(import_statement source: (string) @module) @import
(export_statement source: (string) @module) @export
((call_expression function: [(identifier) (import)] @_callee arguments: (arguments . (string) @module)) @require
  (#any-of? @_callee "require" "import"))
