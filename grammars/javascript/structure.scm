; Functions, owners, loops, bindings and calls of a JavaScript or TypeScript file.

; ---------------------------------------------------------------- functions
(function_declaration name: (identifier) @function.name parameters: (formal_parameters) @function.parameters) @function
(generator_function_declaration name: (identifier) @function.name parameters: (formal_parameters) @function.parameters) @function
(method_definition name: (_) @function.name parameters: (formal_parameters) @function.parameters) @function
[(arrow_function parameters: (formal_parameters) @function.parameters)
 (arrow_function parameter: (identifier) @function.parameters)
 (function_expression parameters: (formal_parameters) @function.parameters)
 (generator_function parameters: (formal_parameters) @function.parameters)] @function
(function_expression name: (identifier) @function.name parameters: (formal_parameters) @function.parameters) @function

(variable_declarator name: (identifier) @function.name
  value: [(arrow_function parameters: (formal_parameters) @function.parameters)
          (arrow_function parameter: (identifier) @function.parameters)
          (function_expression parameters: (formal_parameters) @function.parameters)
          (generator_function parameters: (formal_parameters) @function.parameters)] @function)
(assignment_expression
  left: [(identifier) @function.name (member_expression property: (property_identifier) @function.name)]
  right: [(arrow_function parameters: (formal_parameters) @function.parameters)
          (arrow_function parameter: (identifier) @function.parameters)
          (function_expression parameters: (formal_parameters) @function.parameters)
          (generator_function parameters: (formal_parameters) @function.parameters)] @function)
(pair key: [(property_identifier) (string)] @function.name
  value: [(arrow_function parameters: (formal_parameters) @function.parameters)
          (arrow_function parameter: (identifier) @function.parameters)
          (function_expression parameters: (formal_parameters) @function.parameters)
          (generator_function parameters: (formal_parameters) @function.parameters)] @function)
; A class field: JavaScript calls its name `property`.
(class_body (_ property: (_) @function.name
  value: [(arrow_function parameters: (formal_parameters) @function.parameters)
          (arrow_function parameter: (identifier) @function.parameters)
          (function_expression parameters: (formal_parameters) @function.parameters)] @function))
; `const save = db.transaction((rows) => { .. })`, `const list = asyncHandler(async (req, res) => { .. })`
(variable_declarator name: (identifier) @function.name
  value: (call_expression arguments: (arguments .
    [(arrow_function parameters: (formal_parameters) @function.parameters)
     (arrow_function parameter: (identifier) @function.parameters)
     (function_expression parameters: (formal_parameters) @function.parameters)] @function .)))

(class_declaration name: (_) @owner.name) @owner
(class name: (_) @owner.name) @owner
(variable_declarator name: (identifier) @owner.name value: (class) @owner)

; ---------------------------------------------------------------- loops
(for_in_statement left: (_) @loop.variable right: (_) @loop.over body: (_) @loop.body) @loop
(for_statement initializer: (_ (variable_declarator name: (_) @loop.variable)) condition: (_) @loop.over body: (_) @loop.body) @loop
(for_statement initializer: (empty_statement) condition: (_) @loop.over body: (_) @loop.body) @loop
(for_statement initializer: [(assignment_expression) (sequence_expression)] condition: (_) @loop.over body: (_) @loop.body) @loop
((while_statement condition: (_) @loop.over body: (_) @loop.body) @loop (#set! kind "while"))
((do_statement body: (_) @loop.body condition: (_) @loop.over) @loop (#set! kind "while"))

((call_expression
    function: (member_expression object: (_) @loop.over property: (property_identifier) @_method)
    arguments: (arguments .
      [(arrow_function parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)
       (arrow_function parameter: (identifier) @loop.variable body: (_) @loop.body)
       (function_expression parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)])) @loop
  (#any-of? @_method "map" "forEach" "flatMap" "filter" "some" "every" "find" "findIndex")
  (#set! kind "callback"))
((call_expression
    function: (member_expression object: (_) @loop.over property: (property_identifier) @_method)
    arguments: (arguments .
      [(arrow_function parameters: (formal_parameters . (_) . (_) @loop.variable) body: (_) @loop.body)
       (function_expression parameters: (formal_parameters . (_) . (_) @loop.variable) body: (_) @loop.body)])) @loop
  (#any-of? @_method "reduce" "reduceRight")
  (#set! kind "callback"))
; lodash, async, bluebird: the sequence is the first argument.
((call_expression
    function: (member_expression object: (identifier) @_library property: (property_identifier) @_method)
    arguments: (arguments . (_) @loop.over .
      [(arrow_function parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)
       (arrow_function parameter: (identifier) @loop.variable body: (_) @loop.body)
       (function_expression parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)])) @loop
  (#any-of? @_library "_" "lodash" "async" "Promise" "Bluebird")
  (#any-of? @_method "map" "each" "forEach" "eachSeries" "mapSeries" "eachLimit" "mapLimit" "flatMap" "filter")
  (#set! kind "callback"))
((call_expression
    function: (identifier) @_function
    arguments: (arguments . (_) @loop.over .
      [(arrow_function parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)
       (arrow_function parameter: (identifier) @loop.variable body: (_) @loop.body)
       (function_expression parameters: (formal_parameters . (_)? @loop.variable) body: (_) @loop.body)])) @loop
  (#any-of? @_function "pMap" "pEach" "pMapSeries" "asyncForEach" "eachLimit")
  (#set! kind "callback"))

; ---------------------------------------------------------------- bindings
[(statement_block) (switch_body) (for_statement) (for_in_statement)] @block

((lexical_declaration (variable_declarator name: (_) @binding.name value: (_) @binding.value)) (#set! block "true"))
((lexical_declaration (variable_declarator name: (identifier) @binding.name !value)) (#set! block "true"))
(variable_declaration (variable_declarator name: (_) @binding.name value: (_) @binding.value))
(variable_declaration (variable_declarator name: (identifier) @binding.name !value))
((lexical_declaration (variable_declarator name: (identifier) @binding.name
    value: (call_expression function: (member_expression) @_freeze arguments: (arguments . (object) @binding.value .))))
  (#eq? @_freeze "Object.freeze") (#set! block "true"))
((assignment_expression left: [(identifier) (object_pattern) (array_pattern)] @binding.name right: (_) @binding.value)
  (#set! outer "true"))
((assignment_expression left: (member_expression object: (identifier)) @binding.name right: (_) @binding.value)
  (#set! outer "true"))
((augmented_assignment_expression left: [(identifier) (member_expression object: (identifier))] @binding.name
    operator: "+=" right: (_) @binding.value)
  (#set! mutation "true") (#set! outer "true"))
((augmented_assignment_expression left: [(identifier) (member_expression object: (identifier))] @binding.name operator: _ @_operator)
  (#not-eq? @_operator "+=") (#set! mutation "true") (#set! outer "true"))
((call_expression
    function: (member_expression object: [(identifier) (member_expression object: (identifier))] @binding.name
                                 property: (property_identifier) @_method))
  (#any-of? @_method "push" "unshift" "splice" "reverse" "sort" "pop" "shift")
  (#set! mutation "true") (#set! outer "true"))
((assignment_expression left: (subscript_expression object: (identifier) @binding.name))
  (#set! mutation "true") (#set! outer "true"))

(class_body (_ "static" property: (property_identifier) @binding.name value: (_) @binding.value))

; ---------------------------------------------------------------- members: what an object keeps for all of its methods
(assignment_expression left: (member_expression object: (this) property: (_) @member.name) right: (_) @member.value)
(augmented_assignment_expression left: (member_expression object: (this) property: (_) @member.name))
(class_body (_ property: (_) @member.name value: (_) @member.value))

; ---------------------------------------------------------------- calls
(call_expression function: (_) @call.callee arguments: (arguments) @call.arguments) @call
(new_expression constructor: (_) @call.callee arguments: (arguments)? @call.arguments) @call

; ---------------------------------------------------------------- what functions return
(return_statement (_) @return.value)
(arrow_function body: (_) @return.value)
