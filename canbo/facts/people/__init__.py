"""Identity and dossier (hồ sơ) of people, dated; outcomes: grades, rewards, discipline.

Never asks where somebody works: posts and membership lie above.
"""
