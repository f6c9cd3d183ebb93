"""The demo's networks: what they are, how they learn, how they are exported."""
