mod builders;
mod import;
mod rows;
mod texts;
