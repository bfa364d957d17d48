"""Where letters come in: by the form now, by mail with the same rules.

`words` (with `fields`) and `language` know text, `token` and `receipt` know who may come back,
`origin` and `limit` know strangers, `picture` keeps pictures private, `receive` writes the row.
`forms` and `views` are thin.
"""
