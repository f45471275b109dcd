"""The protocol between a counter and the server, shared by both ends."""
