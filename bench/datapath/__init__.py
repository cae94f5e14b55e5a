"""The parts of bench/data-path."""
