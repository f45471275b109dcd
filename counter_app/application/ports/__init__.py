"""The roles that the use cases need, and the values that pass through them.

Adapters play the roles; no technology is named here.
"""
