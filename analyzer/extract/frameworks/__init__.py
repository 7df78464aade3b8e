"""One module a framework: what reveals it, and what its `.scm` cannot say. Found by walking this package."""
