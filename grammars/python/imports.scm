; import a.b, import a as b, from a import b as c: at any depth.

[(import_statement) (import_from_statement)] @import
