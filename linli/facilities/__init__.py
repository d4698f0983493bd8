"""What stands where for everybody's use, and what is lacking (服务设施)."""
