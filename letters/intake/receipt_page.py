"""The page that shows a receipt, once."""
