"""The floor that the apps stand on: what every sourced or reviewed row has, its history, review and roles."""
