"""The agency's desk: the country added up from what préfectures sent, compared, and who is still waited for."""
