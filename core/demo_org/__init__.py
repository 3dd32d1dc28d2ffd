"""An embedded Salesforce org over HTTP, written from the platform's documented rules alone.

It imports no other room of `core`, so that agreement with the console is a result and not a given.
"""
