; Classes that may be enums, and names of a module that stand for a Literal.

(class_definition superclasses: (argument_list)) @class

(module (expression_statement (assignment left: (identifier) @alias right: (subscript) @literal)))
(module (type_alias_statement left: (type (identifier) @alias) right: (type (generic_type) @literal)))
