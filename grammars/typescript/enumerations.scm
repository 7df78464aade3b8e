; Types that may be closed sets of values.

(enum_declaration) @enumeration
(type_alias_declaration) @enumeration
