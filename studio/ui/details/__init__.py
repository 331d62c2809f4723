"""The right panel: everything that is known of what is selected."""
