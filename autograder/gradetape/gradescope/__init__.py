"""The Gradescope zip: what goes into it, how its image is set up, and how it runs."""
