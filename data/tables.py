"""Every table in one import, for migrations and for a database made from nothing."""

from data.areas import AreaName
from data.avoidance import Avoidance
from data.database import Base
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member
from data.occupations import Occupation, OccupationTitle, TitleMeaning, TitleWord
from data.places import Place, PlaceName
from data.round import Round
from data.sign_in import SignIn
from data.trained_model import TrainedModel
from data.venues import Venue

TABLES = [
    AreaName,
    Avoidance,
    Feedback,
    Letter,
    Match,
    Member,
    Occupation,
    OccupationTitle,
    Place,
    PlaceName,
    Round,
    Seat,
    SignIn,
    TitleMeaning,
    TitleWord,
    TrainedModel,
    Venue,
]
metadata = Base.metadata
