from site_enys.exceptions import Refused


class CommentsClosed(Refused):
    sentence = "Les commentaires de cet article sont fermés."
