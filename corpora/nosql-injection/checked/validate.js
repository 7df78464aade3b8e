// Every route goes through it: what a handler gets was checked.
exports.validate = (schema) => (req, res, next) => {
  req.body = schema.parse(req.body);
  next();
};
