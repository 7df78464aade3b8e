mod attributes;
mod builders;
mod import;
mod records;
mod rows;
mod rows_by_hand;
mod texts;
