; Lists a program goes through: lists, tuples, dictionaries by version, and lists filled by one append after another.

(list) @list
(tuple) @list
(dictionary) @list
((call function: (attribute object: (identifier) @push.list attribute: (identifier) @_method)
    arguments: (argument_list . (_) @push.entry .)) @push
  (#eq? @_method "append"))
