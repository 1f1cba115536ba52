"""ProtoCentral HealthyPi boards: for the bench, not for patients."""
