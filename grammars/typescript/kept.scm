; What only TypeScript has.

(abstract_class_declaration) @class
(formal_parameters (_ value: (_) @value) @preset)
(formal_parameters (_ decorator: (decorator (_) @value)) @preset)
(export_statement "=" (_) @exported)
