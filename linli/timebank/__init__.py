"""Who helps whom, when, and for how long: needs, volunteers, services (志愿服务)."""
