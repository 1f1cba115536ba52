"""`vagt report`: what cases and days came to, as a file to hand over, and to check again later."""
