"""What stops a backup or a restore, each in a French sentence for whoever runs the machine."""

from site_enys.exceptions import Refused


class BackupRefused(Refused):
    """A backup or a restore that must not, or cannot, be done."""


class ArchiveDamaged(BackupRefused):
    """What is read is not what was written, or was never an archive of the site."""
