"""The whole window over a real studio, offscreen: composer, actions, details, preferences, export."""
