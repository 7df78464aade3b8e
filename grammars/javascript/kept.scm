; Where values are kept beyond their function, and classes.

[(class_declaration) (class)] @class
(assignment_expression left: (member_expression) @target right: (_) @value) @kept
(export_statement value: (_) @default)
(export_statement "default" declaration: (_ name: (_) @default))
(export_specifier name: (_) @name alias: (_) @alias) @alias.export
(assignment_pattern right: (_) @value) @preset
