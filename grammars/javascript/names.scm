; Every name that is used as a value.

[(identifier) (shorthand_property_identifier)] @name
