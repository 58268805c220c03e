"""Reading for the home page and the search box."""
