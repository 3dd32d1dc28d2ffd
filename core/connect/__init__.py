"""Phases 1 and 2 of the guide: accounts, checklist, credentials, sign-in, tokens, describes.

Hands out plain views and errors. Speaks HTTP only through core.salesforce and never draws.
"""
