const { Author, Series } = require("./models");

async function removeAuthor(id) {
  await Author.findByIdAndDelete(id); // want delete-rule-mismatch "documents of \"books\" still hold the key of the \"authors\"" hard-delete
}

async function removeSeries(id) {
  // The schema's own middleware takes the parts along.
  await Series.findByIdAndDelete(id);
}

module.exports = { removeAuthor, removeSeries };
