"""The centre: every image as tiles, live ones among finished ones, in runs or as a grid."""
