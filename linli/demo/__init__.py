"""The five places of the seed documents, built through the same acts people use (演示)."""
