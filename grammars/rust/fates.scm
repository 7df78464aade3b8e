; What need not run, and where a function ends. Failures are values here: what becomes of them is seen where they are made.

(if_expression consequence: (_) @guarded)
(if_expression alternative: (_) @guarded)
(match_arm value: (_) @guarded)
(let_declaration alternative: (_) @guarded)
(binary_expression operator: ["&&" "||"] right: (_) @guarded)

[(function_item) (closure_expression) (async_block)] @function
