"""Letters that also travel by DingTalk, Feishu, WeCom or short message, for whoever wants it (外发消息)."""
