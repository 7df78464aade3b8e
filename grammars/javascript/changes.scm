; What alters an object or list in place.

(assignment_expression left: [(member_expression) (subscript_expression)] @target right: (_) @value) @set
(augmented_assignment_expression left: [(member_expression) (subscript_expression)] @target) @set
(update_expression argument: [(member_expression) (subscript_expression)] @target) @set
((unary_expression operator: _ @_operator argument: [(member_expression) (subscript_expression)] @target) @delete
  (#eq? @_operator "delete"))
((call_expression function: (member_expression object: (_) @on property: (property_identifier) @method)) @call
  (#any-of? @method "push" "unshift" "splice" "reverse" "sort" "pop" "shift" "fill"))
