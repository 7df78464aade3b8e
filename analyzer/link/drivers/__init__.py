"""What each driver makes of the engine's types, and what it takes for them: one table a driver and engine, and the module that reads them."""
