"""Copies of images for other programs and people: planned with their real names first, then written one by one."""
