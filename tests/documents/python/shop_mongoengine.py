"""Classes of a small shop, in MongoEngine."""

from datetime import datetime

import mongoengine as me
from mongoengine import Document, DynamicDocument, EmbeddedDocument, StringField


class Address(EmbeddedDocument):
    street = StringField(required=True)
    zip_code = StringField(db_field="zip")


class Stamped(Document):
    created = me.DateTimeField(default=datetime.now)

    meta = {"abstract": True, "indexes": ["-created"]}


class User(Document):
    email = me.EmailField(required=True, unique=True)
    state = StringField(choices=("new", "active"), default="new")
    address = me.EmbeddedDocumentField(Address)
    tags = me.ListField(StringField(), db_field="t")
    addresses = me.EmbeddedDocumentListField(Address)
    data = me.DictField()
    age = me.IntField(null=True)

    meta = {
        "collection": "people",
        "indexes": ["state", ("state", "-age"), {"fields": ["tags"], "sparse": True}, {"fields": ["$email"]}],
    }


class BlogPost(Stamped):
    title = StringField(unique_with="author")
    author = me.ReferenceField(User)
    readers = me.ListField(me.ReferenceField("User"))

    meta = {"allow_inheritance": True}


class HTTPPost(BlogPost):
    url = me.URLField()


class Coded(Document):
    code = StringField(primary_key=True)

    meta = {"strict": False}


class Event2Log(DynamicDocument):
    kind = StringField()
