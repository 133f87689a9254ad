"""WHAT: which indicator does a figure measure, and which part of it?"""
