; What is asked for its truth, and what a generator gives.

[(if_statement condition: (_) @test)
 (while_statement condition: (_) @test)
 (do_statement condition: (_) @test)
 (ternary_expression condition: (_) @test)]
((unary_expression operator: _ @_operator argument: (_) @test) (#eq? @_operator "!"))
((binary_expression left: (_) @test operator: _ @_operator) (#any-of? @_operator "&&" "||"))
(yield_expression (_) @given)
