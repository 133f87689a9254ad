"""What outlives the working database: runs, decisions, backfills?"""
