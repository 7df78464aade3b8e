; Types with named properties.

(interface_declaration) @model
(type_alias_declaration) @model
(class_declaration) @model
(abstract_class_declaration) @model
