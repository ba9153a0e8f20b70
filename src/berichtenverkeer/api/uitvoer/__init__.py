"""Lists that are put ready as files: asked for, made in another process, fetched."""
