"""Open311 GeoReport v2: the services of a place, and requests in and out of it."""
