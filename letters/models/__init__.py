from letters.models.channel import Channel, ChannelKind
from letters.models.decision import Decision, new_batch
from letters.models.decision_maker import DecisionMaker
from letters.models.desk_policy import DeskPolicy
from letters.models.former import Former
from letters.models.incoming_mail import IncomingMail
from letters.models.intake_switch import IntakeSwitch
from letters.models.letter import Letter
from letters.models.letter_count import LetterCount
from letters.models.moderator import Love, ModeratorProfile
from letters.models.moderators_acts import (
    AlreadyDecided,
    ChangedMeanwhile,
    NoConsent,
    SamePerson,
)
from letters.models.month_in_numbers import MonthInNumbers
from letters.models.otherwise import Otherwise
from letters.models.pages import LetterIndexPage, WritePage
from letters.models.pending_picture import PendingPicture
from letters.models.reason import Reason
from letters.models.report import Report
from letters.models.submission import Submission
from letters.models.trace import Trace
from letters.models.word_list import WordList

__all__ = [
    "AlreadyDecided",
    "ChangedMeanwhile",
    "Channel",
    "ChannelKind",
    "Decision",
    "DecisionMaker",
    "DeskPolicy",
    "Former",
    "IncomingMail",
    "IntakeSwitch",
    "Letter",
    "LetterCount",
    "LetterIndexPage",
    "Love",
    "ModeratorProfile",
    "MonthInNumbers",
    "NoConsent",
    "Otherwise",
    "PendingPicture",
    "Reason",
    "Report",
    "SamePerson",
    "Submission",
    "Trace",
    "WordList",
    "WritePage",
    "new_batch",
]
