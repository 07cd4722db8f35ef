"""Engines that run the pipeline over many pages."""
