"""Every table in one import, for migrations and for a database made from nothing."""

from data.areas import AreaName
from data.avoidance import Avoidance
from data.busy_day import BusyDay
from data.database import Base
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.meeting_time import MeetingTime, Tick
from data.member import Member
from data.move import Move
from data.note import Note
from data.occupations import Occupation, OccupationTitle, TitleMeaning, TitleWord
from data.places import Place, PlaceName
from data.round import Round
from data.sign_in import SignIn
from data.trained_model import TrainedModel
from data.trip import Trip
from data.venues import SuggestedVenue, Venue
from data.wall import WallLine

TABLES = [
    AreaName,
    Avoidance,
    BusyDay,
    Feedback,
    Letter,
    Match,
    MeetingTime,
    Member,
    Move,
    Note,
    Occupation,
    OccupationTitle,
    Place,
    PlaceName,
    Round,
    Seat,
    SignIn,
    SuggestedVenue,
    Tick,
    TitleMeaning,
    TitleWord,
    TrainedModel,
    Trip,
    Venue,
    WallLine,
]
metadata = Base.metadata
