"""What people type in this room: conventions, targets, results, campaigns."""
