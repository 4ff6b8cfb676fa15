"""Mail: letters, and how each space sends its own. docs/mail.md tells what an admin and a plugin's author see of it."""
