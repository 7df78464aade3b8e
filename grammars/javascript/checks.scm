; What code makes sure of before it goes on: the kind of a value, that it is the same as another one, that it is a string.

(unary_expression operator: "typeof" argument: (_) @checked)
(binary_expression left: (_) @checked operator: "instanceof")
((binary_expression left: (_) @checked operator: ["===" "!=="] right: [(identifier) (member_expression) (call_expression)] @_other)
  (#not-eq? @_other "undefined"))
((binary_expression left: [(identifier) (member_expression) (call_expression)] @_other operator: ["===" "!=="] right: (_) @checked)
  (#not-eq? @_other "undefined"))
((call_expression function: (member_expression object: (_) @checked property: (property_identifier) @_method))
  (#match? @_method "^(toLowerCase|toUpperCase|trim|split|match|includes|startsWith|endsWith|replace|slice|substring|charAt|padStart|localeCompare)$"))
((call_expression
    function: [(identifier) @_check (member_expression property: (property_identifier) @_check)] arguments: (arguments . (_) @checked))
  (#match? @_check "^is[A-Z]|[vV]alid|[sS]anit|[pP]arse|^check|^ensure|^assert"))
