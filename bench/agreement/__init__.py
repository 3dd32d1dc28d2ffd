"""What a preview predicts against what an org does, on random people, mappings and orgs.

The org is the demo org over HTTP; the harness writes the plans' payloads as a push would.
"""
