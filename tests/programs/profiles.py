"""Addresses of profiles for the tests of the tools and of their API."""

ALL_AT_9 = {f"first_{ability}": "9" for ability in ("speaking", "listening", "reading", "writing")}
MASTERS = {"age": "30", "education": "masters", "first_language": "english", "first_test": "clb"} | ALL_AT_9
MASTERS_ABROAD = MASTERS | {"foreign_work_years": "3"}
IELTS = {"first_speaking": "7.5", "first_listening": "8", "first_reading": "7", "first_writing": "6.5"}
SKILLED = {"age": "30", "education": "doctoral", "first_test": "ielts_general", "experience_years": "3"} | IELTS
