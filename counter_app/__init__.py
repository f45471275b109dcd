"""The one-stop counter: what an officer of a commune's or district's counter works with."""
