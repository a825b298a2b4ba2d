"""What the screen remembers: positions, the way back, and what can be undone."""
