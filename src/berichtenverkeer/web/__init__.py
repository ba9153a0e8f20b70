"""Pages for people. A page shows what ``/v1`` answers: it calls the function that the route calls, for the party someone acts for."""
