"""The sandbox's page: the whole workspace in a browser, as each of its people sees it."""
