"""What a clerk can do: use cases as functions over ports."""
