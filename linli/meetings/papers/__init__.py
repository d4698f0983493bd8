"""Minutes as files to print and keep (会议纪要文件)."""
