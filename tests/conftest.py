"""What every test shares: a repeatable search for counter-examples."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tocsin",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tocsin")
