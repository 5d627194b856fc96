"""Who looks after the community, from the command line: how the first organiser is made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.act import write_down
from data.member import Role, member_by_email
from data.roles import give_role as change_role
from data.roles import lock_organisers
from web.settings import Settings


class NobodyThere(Exception):
    """Nobody with this address has signed up and confirmed it."""


def give_role(sessions: sessionmaker[Session], settings: Settings, now: datetime, address: str, role: Role) -> str:
    """Give a member a role. Raises NobodyThere for an address that is nobody's or not confirmed yet, LastOrganiser."""
    with sessions() as session:
        organisers = lock_organisers(session)
        member = member_by_email(session, address)
        if member is None or not member.is_confirmed:
            sign_up = f"{settings.base_url.rstrip('/')}/sign-up"
            raise NobodyThere(
                f"Nobody has signed up as {address} and confirmed it: do that at {sign_up}, then try again."
            )
        if not change_role(member, role, organisers):
            return f"{address} has that role already: {role}"
        write_down(session, None, "give_role", f"member {member.id}", now, role=role)
        session.commit()
    where = "" if role == "member" else f"; the desk is at {settings.base_url.rstrip('/')}/desk"
    return f"{address} is now: {role}{where}"
