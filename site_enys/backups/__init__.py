"""Backups and restores: see docs/sauvegardes.md.

`making` writes one archive while the site runs, `restoring` puts one back into an empty place,
`drill` proves it. Below them: `archive` (the stream), `manifest` (what it says of itself),
`databases` (each vendor's dump), `stores` (the files), `disk`, `rotation` and `notes` (when it last
went well).
"""
