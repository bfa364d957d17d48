from letters.models.channel import Channel, ChannelKind
from letters.models.decision import Decision
from letters.models.decision_maker import DecisionMaker
from letters.models.incoming_mail import IncomingMail
from letters.models.intake_switch import IntakeSwitch
from letters.models.letter import Letter
from letters.models.moderator import ModeratorProfile
from letters.models.pages import LetterIndexPage, WritePage
from letters.models.pending_picture import PendingPicture
from letters.models.report import Report
from letters.models.submission import AlreadyDecided, ChangedMeanwhile, NoConsent, Submission
from letters.models.trace import Trace
from letters.models.word_list import WordList

__all__ = [
    "AlreadyDecided",
    "ChangedMeanwhile",
    "Channel",
    "ChannelKind",
    "Decision",
    "DecisionMaker",
    "IncomingMail",
    "IntakeSwitch",
    "Letter",
    "LetterIndexPage",
    "ModeratorProfile",
    "NoConsent",
    "PendingPicture",
    "Report",
    "Submission",
    "Trace",
    "WordList",
    "WritePage",
]
