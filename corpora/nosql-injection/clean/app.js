const express = require("express");
const mongoSanitize = require("express-mongo-sanitize");
const { MongoClient } = require("mongodb");

const app = express();
const db = new MongoClient("mongodb://localhost:27017").db("clean");
app.use(mongoSanitize());

app.post("/find", async (req, res) => {
  res.json(await db.collection("users").findOne({ email: req.body.email }));
});
