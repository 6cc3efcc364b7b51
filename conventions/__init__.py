"""The heart: conventions, targets, campaigns, submissions and their workflows."""
