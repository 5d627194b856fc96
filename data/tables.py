"""Every table in one import, for migrations and for a database made from nothing."""

from data.act import Act
from data.api_token import ApiToken
from data.areas import AreaName
from data.avoidance import Avoidance
from data.barred import Barred
from data.busy_day import BusyDay
from data.community import Community
from data.database import Base
from data.draft import Draft, DraftPair
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.meeting_time import MeetingTime, Tick
from data.member import Member
from data.member_words import MemberWord
from data.move import Move
from data.note import Note
from data.occupations import Occupation, OccupationTitle, TitleMeaning, TitleWord
from data.places import Place, PlaceName
from data.report import Report
from data.round import Round
from data.sign_in import SignIn
from data.tally import Tally
from data.task import Task
from data.trained_model import TrainedModel
from data.trip import Trip
from data.venues import SuggestedVenue, Venue
from data.wall import WallLine
from data.webhook import Delivery, Webhook

TABLES = [
    Act,
    ApiToken,
    AreaName,
    Avoidance,
    Barred,
    BusyDay,
    Community,
    Delivery,
    Draft,
    DraftPair,
    Feedback,
    Letter,
    Match,
    MeetingTime,
    Member,
    MemberWord,
    Move,
    Note,
    Occupation,
    OccupationTitle,
    Place,
    PlaceName,
    Report,
    Round,
    Seat,
    SignIn,
    SuggestedVenue,
    Tally,
    Task,
    Tick,
    TitleMeaning,
    TitleWord,
    TrainedModel,
    Trip,
    Venue,
    WallLine,
    Webhook,
]
metadata = Base.metadata
