"""Pages of this room: conventions, submissions, campaigns."""
