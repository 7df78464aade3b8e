mod import;
mod rows;
mod texts;
