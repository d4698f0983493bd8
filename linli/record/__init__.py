"""The append-only, chained memory of every act (留痕)."""
