"""What the screen remembers: places, the way back, and what can be undone."""
