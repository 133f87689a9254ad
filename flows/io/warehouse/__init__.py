"""What does the working database hold? The SQL of raw tables, locks and builds."""
