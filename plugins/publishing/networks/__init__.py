"""The networks that come with Fallow."""
