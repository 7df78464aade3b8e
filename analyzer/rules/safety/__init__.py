"""What may harm data or those who own it."""
