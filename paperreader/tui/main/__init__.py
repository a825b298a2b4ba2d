"""The one screen: the list, the abstract, and the commands on both."""
