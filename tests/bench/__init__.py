"""Figures, printed as ratios beside their baselines; nothing here asserts a time."""
