"""The numbers a value model has learned, written down with how well they predicted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime


class TrainedModel(Base):
    """Weights by the name of their feature, and the figures that speak for them."""

    __tablename__ = "trained_model"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    trained_at: Mapped[datetime] = mapped_column(UtcDateTime)
    weights: Mapped[dict[str, float]] = mapped_column(JSON)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_use_from: Mapped[datetime | None] = mapped_column(UtcDateTime)  # none: it did not beat the one in use


def model_in_use(session: Session) -> TrainedModel | None:
    """Return the newest model that was found good enough, or none: then the prior speaks."""
    used = select(TrainedModel).where(TrainedModel.in_use_from.is_not(None))
    return session.scalar(used.order_by(TrainedModel.in_use_from.desc(), TrainedModel.id.desc()).limit(1))


def latest_model(session: Session) -> TrainedModel | None:
    """Return the newest model, good enough or not."""
    return session.scalar(
        select(TrainedModel).order_by(TrainedModel.trained_at.desc(), TrainedModel.id.desc()).limit(1)
    )
