"""A case as a FHIR R4B bundle, for another system: devices, procedures, what was measured."""
