; Classes, with their decorators.

(class_definition) @model
