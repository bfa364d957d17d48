"""No tables: the translations themselves are wagtail-localize's."""
