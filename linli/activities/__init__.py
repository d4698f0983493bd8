"""Teams of residents, what they hold together, who signed up and who came (文体活动)."""
