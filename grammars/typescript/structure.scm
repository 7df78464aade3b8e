; What only TypeScript has.

(public_field_definition name: (_) @function.name
  value: [(arrow_function parameters: (formal_parameters) @function.parameters)
          (arrow_function parameter: (identifier) @function.parameters)
          (function_expression parameters: (formal_parameters) @function.parameters)] @function)
(abstract_class_declaration name: (_) @owner.name) @owner

(public_field_definition "static" name: (property_identifier) @binding.name value: (_) @binding.value)
(enum_declaration name: (identifier) @binding.name body: (enum_body) @binding.value)
(public_field_definition name: (_) @member.name value: (_) @member.value)
