"""What is sent to the terminal: only what differs from what stands there."""
