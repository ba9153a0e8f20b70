"""What a page shows as a picture or beside each other: an axis of time, bars, a diagram, the lines of a message. Nothing here asks anything."""
