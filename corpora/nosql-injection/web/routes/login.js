const express = require("express");
const { body, validationResult } = require("express-validator");
const validator = require("validator");
const { z } = require("zod");
const User = require("../models/user");

const router = express.Router();
const loginSchema = z.object({ email: z.string() });

router.post("/login", async (req, res) => {
  const { email, password } = req.body;
  const user = await User.findOne({ email, password }); // want nosql-injection "\"email\", \"password\" is held"
  res.json({ found: Boolean(user) });
});

router.post("/search", async (req, res) => {
  const user = await User.findOne(req.body); // want nosql-injection "the filter is what a client sends"
  res.json({ found: Boolean(user) });
});

router.get("/list", async (req, res) => {
  // want nosql-injection "\"role\" is held" missing-index
  const user = await User.findOne({ $or: [{ role: req.query.role }, { role: "guest" }] });
  res.json({ found: Boolean(user) });
});

router.post("/spread", async (req, res) => {
  // want nosql-injection "the filter is what a client sends"
  const user = await User.findOne({ role: "guest", ...req.body });
  res.json({ found: Boolean(user) });
});

router.get("/users/:id", async (req, res) => {
  const user = await User.findOne({ email: req.params.id });
  res.json({ found: Boolean(user) });
});

router.post("/cast", async (req, res) => {
  const user = await User.findOne({ email: String(req.body.email), password: `${req.body.password}`, role: { $eq: req.body.role } });
  res.json({ found: Boolean(user) });
});

router.post("/parsed", async (req, res) => {
  const { email } = loginSchema.parse(req.body);
  res.json({ found: Boolean(await User.findOne({ email })) });
});

router.post("/typed", async (req, res) => {
  const { email } = req.body;
  if (typeof email !== "string") {
    return res.status(400).end();
  }
  res.json({ found: Boolean(await User.findOne({ email })) });
});

router.post("/same", async (req, res) => {
  const { email } = req.body;
  if (req.user.email !== email) {
    return res.status(403).end();
  }
  res.json({ found: Boolean(await User.findOne({ email })) });
});

router.post("/cut", async (req, res) => {
  const { email } = req.body;
  const domain = email.split("@")[1];
  res.json({ domain, found: Boolean(await User.findOne({ email })) });
});

router.post("/known", async (req, res) => {
  const { email } = req.body;
  const isEmail = validator.isEmail(email);
  res.json({ found: isEmail && Boolean(await User.findOne({ email })) });
});

router.post("/validated", async (req, res) => {
  if (!validationResult(req).isEmpty()) {
    return res.status(400).end();
  }
  res.json({ found: Boolean(await User.findOne({ email: req.body.email })) });
});

async function byEmail(req, res) {
  res.json({ found: Boolean(await User.findOne({ email: req.body.email })) });
}

router.post("/by-email", body("email").isEmail(), checkEmail, byEmail);

function checkEmail(req, res, next) {
  next();
}

module.exports = router;
