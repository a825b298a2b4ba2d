"""The library: everything that the screen and the command line call."""
