"""The rules of the office, pure: no input or output, no clock, nothing but the standard library."""
