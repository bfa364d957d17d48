from letters.models.decision import Decision
from letters.models.decision_maker import DecisionMaker
from letters.models.letter import Letter
from letters.models.moderator import ModeratorProfile
from letters.models.pages import LetterIndexPage, WritePage
from letters.models.pending_picture import PendingPicture
from letters.models.submission import AlreadyDecided, NoConsent, Submission

__all__ = [
    "AlreadyDecided",
    "Decision",
    "DecisionMaker",
    "Letter",
    "LetterIndexPage",
    "ModeratorProfile",
    "NoConsent",
    "PendingPicture",
    "Submission",
    "WritePage",
]
