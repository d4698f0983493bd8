"""The staff door: inbox, registers, overview, plan, wall screen (工作端)."""
