; zod: https://zod.dev/api: const User = z.object({ id: z.number() }), const Admin = User.extend({ level: z.number() })
(variable_declarator name: (identifier) @schema.name value: (call_expression) @schema)
