"""What all actions share: the case read from the tracker, messages sent, slots set."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.case import Case, case_of, slots_of
from actions.cues import is_dont_know
from knowledge.load import knowledge_base
from knowledge.model import KnowledgeBase, Language
from settings import Settings

Button = Mapping[str, str]


@dataclass
class Turn:
    """One turn of one action: the case, and the messages that go out, in order."""

    case: Case
    before: Mapping[str, Any]
    parsed: Mapping[str, Any]
    base: KnowledgeBase
    today: date
    messages: list[dict[str, Any]] = field(default_factory=list)
    follow_up: str | None = None

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.case.language or Language.EN

    @property
    def dont_know(self) -> bool:
        """Whether the message says that the person does not know, in words or with the button."""
        text = str(self.parsed.get("text") or "")
        return text == "/dont_know" or is_dont_know(text)

    def words(self, key: str, **names: Any) -> str:
        """A fixed text in the language of the case."""
        return self.base.wording[key][self.language].format(**names)

    def say(self, text: str, custom: Mapping[str, Any], buttons: list[Button] | None = None) -> None:
        """Sends one message; `custom` says what it is (the contract's custom.type)."""
        self.messages.append({"text": text, "json_message": dict(custom), "buttons": [dict(b) for b in buttons or []]})

    def notice(
        self,
        text: str,
        buttons: list[Button] | None = None,
        reason: str | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Sends a message that is words only; `reason` tells channels what for, `facts` what is known of the case now."""
        custom: dict[str, Any] = {"type": "notice"}
        if reason:
            custom["reason"] = reason
        if facts is not None:
            custom["facts"] = dict(facts)
        self.say(text, custom, buttons)


class TurnAction(Action, ABC):
    """Reads the case, lets `take` work on the turn, and gives back the slots that changed."""

    @abstractmethod
    def take(self, turn: Turn) -> None:
        """Does the action's work: changes turn.case, sends messages."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """One turn. Returns slots and, where the turn asks for it, the action to follow."""
        base, parsed = knowledge_base(), tracker.latest_message
        given = (parsed.get("metadata") or {}).get("today")
        today = date.fromisoformat(given) if given else Settings.from_env().today()
        case = case_of(tracker.slots, base, today)
        turn = Turn(case, slots_of(case), parsed, base, today)
        self.take(turn)
        for message in turn.messages:
            dispatcher.utter_message(**message)
        events: list[EventType] = [
            SlotSet(name, value) for name, value in slots_of(turn.case).items() if value != turn.before[name]
        ]
        if turn.follow_up:
            events.append({"event": "followup", "timestamp": None, "name": turn.follow_up})
        return events
