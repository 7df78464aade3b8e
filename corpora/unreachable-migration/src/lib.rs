mod migrations;
mod orders;
