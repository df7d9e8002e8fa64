"""Practising: the verbs of study, exams, mock interviews and readiness, over book and store."""
