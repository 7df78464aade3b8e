"""JavaScript's and TypeScript's expressions as values, and the places where they are kept."""
