"""WHEN: which period does a figure refer to?"""
