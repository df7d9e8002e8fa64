"""Learning, pure: schedules, sessions, exams, mock interviews, mastery and plans as values."""
