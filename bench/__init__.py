"""Measures a running console from outside, as its users meet it. Nothing here is a test."""
