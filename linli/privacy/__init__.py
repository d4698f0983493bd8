"""What is known of a person, for which purpose, who looked, and how it is corrected or erased (个人信息)."""
