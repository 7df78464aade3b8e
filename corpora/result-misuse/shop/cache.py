class Collection:
    def __init__(self, items: list) -> None:
        self.items = items

    def __bool__(self) -> bool:
        return bool(self.items)


def first(collection: Collection) -> object:
    # The shop's own class has a truth.
    if not collection:
        return None
    return collection.items[0]
