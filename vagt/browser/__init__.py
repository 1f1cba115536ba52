"""The dashboard in a browser: pages, who may ask for them, and a process for each screen."""
