"""Three web nodes on a primary with two replicas, readers and curators on them, and what goes wrong meanwhile."""
