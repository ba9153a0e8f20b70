"""What stands in a flow file: read, explained when it is wrong, found in the library."""
