// What is left out of a measurement is not run for it.
module.exports = { collectCoverageFrom: ["src/**/*.ts", "!server/migrations/**"] };
