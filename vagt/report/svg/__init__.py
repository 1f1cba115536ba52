"""Pictures of a report as SVG: each mark is told by its shape, so that grey paper tells it too."""
