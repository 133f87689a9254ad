"""Which sources are polled, and what is known of each?"""
