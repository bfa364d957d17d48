"""Letters by e-mail.

A mail travels like this: `mailbox` (IMAP) or `webhook` brings it, `keep` stores it encrypted
before anybody deletes it elsewhere, `arrive` makes letters of it through the one intake, `reply`
answers once, `confirm` is the page that the answer leads to.

`parse` reads a mail: `parts` knows MIME, `markup` HTML, `quotes` what others wrote, `machines`
who is no person, `wishes` what she asked for.
"""
