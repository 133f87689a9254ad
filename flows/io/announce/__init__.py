"""Who is told what happened: Prefect events, artifacts, OpenLineage?"""
