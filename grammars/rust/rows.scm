; Reads of a row by its columns, fields of a record, and what may be handed a row.

((call_expression
    function: [(field_expression value: (_) @read.row field: (field_identifier) @read.method)
               (generic_function
                 function: (field_expression value: (_) @read.row field: (field_identifier) @read.method)
                 type_arguments: (type_arguments) @read.types)]
    arguments: (arguments . (_) @read.column)) @read
  (#any-of? @read.method "get" "try_get" "get_unchecked" "try_get_unchecked" "try_get_raw" "get_unwrap" "get_ref" "get_ref_unwrap"))

(field_expression value: (_) @record.row field: (field_identifier) @record.field) @record

(call_expression function: [(identifier) (scoped_identifier) (field_expression)] @handed.callee
  arguments: (arguments [(identifier) (reference_expression)] @handed.row)) @handed
(arguments [(identifier) (scoped_identifier)] @passed)

(function_item) @function
