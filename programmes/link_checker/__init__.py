"""Asking whether the pages that programmes link to still answer: politely, and never inside a network of our own.

`addresses` says what may be asked, `fetching` asks once, `politeness` how often, `robots` whether at all; `asking`
makes one answer of it, `side_by_side` many at once; `records` keeps what came of it, `proposals` drafts what should
change.
"""
