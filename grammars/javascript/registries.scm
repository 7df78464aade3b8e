; Lists a program goes through: arrays, and arrays filled by one push after another.

(array) @list
((call_expression function: (member_expression object: (identifier) @push.list property: (property_identifier) @_method)
    arguments: (arguments . (_) @push.entry .)) @push
  (#eq? @_method "push"))
