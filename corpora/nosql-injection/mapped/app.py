from flask import Flask, request
from mongoengine import Document, StringField

app = Flask(__name__)


class Customer(Document):
    email = StringField(required=True, unique=True)


@app.post("/customers")
def find():
    data = request.json or {}
    email = data.get("email")
    # A StringField takes no object, so the query raises before it is sent.
    customer = Customer.objects(email=email).first()
    return {"found": customer is not None}
