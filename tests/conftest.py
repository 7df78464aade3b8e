"""How long properties search: `ci` by default, the same every time; SCHEMALINK_HYPOTHESIS=deep searches for new examples, longer."""

import os

from hypothesis import HealthCheck, settings

_CHECKS = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
]

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100, suppress_health_check=_CHECKS)
settings.register_profile("deep", deadline=None, max_examples=3000, suppress_health_check=_CHECKS, print_blob=True)
settings.load_profile(os.environ.get("SCHEMALINK_HYPOTHESIS", "ci"))

pytest_plugins = ["tests.engine_fixtures"]
