"""Meetings as the law has them: called, held by the rules of order, minuted and signed (会议)."""
