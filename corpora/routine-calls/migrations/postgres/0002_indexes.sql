CREATE INDEX events_0_by_day ON events_0 (day);
CREATE INDEX events_1_by_day ON events_1 (day);
CREATE INDEX invoices_by_day ON invoices (day); -- want migration-error "table \"invoices\" does not exist"
CREATE INDEX events_by_note ON events (note); -- want migration-error "table \"events\" has no column \"note\""
