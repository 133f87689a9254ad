"""How does the project touch the outside: files, network, database, dbt and Prefect's events?"""
