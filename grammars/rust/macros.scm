; Calls of macros; what stands inside of one is tokens, which hold none.

(macro_invocation) @macro
