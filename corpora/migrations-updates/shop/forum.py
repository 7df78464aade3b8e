"""The forum came with the server: it keeps its own database, opened elsewhere."""


def topics(db: object, author: int) -> list[tuple]:
    # want unresolved-query "another database"
    db.execute("SELECT t.id FROM topics t JOIN members m ON m.id = t.author WHERE m.id = %s", (author,))
    db.execute("DELETE FROM members WHERE id = %s", (author,))  # want unresolved-query "another database"
    return db.fetch("SELECT id FROM topics")  # want unresolved-query "another database"
