; Raw SQL of Sequelize: https://sequelize.org/docs/v6/core-concepts/raw-queries/
; sequelize.query(sql, { replacements, bind, type }), queryInterface.sequelize.query(..), this.sequelize.query({ query, values })

((call_expression
    function: (member_expression
      object: [(identifier) @_owner (member_expression property: (property_identifier) @_owner)] @query.handle
      property: (property_identifier) @_method)
    arguments: (arguments . (_) @query.sql)) @query
  (#eq? @_method "query")
  (#match? @_owner "^([a-z]*S|s)equelize([A-Z].*)?$"))
