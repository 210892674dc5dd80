"""Turns about the conversation itself: a person, a fresh start, another language, another place."""

from __future__ import annotations

from dataclasses import replace

from actions.ask import ask_again, ask_place
from actions.case import A_PERSON, REGION, Case
from actions.cues import says
from actions.turn import Turn, TurnAction
from knowledge.advice import authority_words
from knowledge.model import Language
from settings import Organisation, Settings

MOST_BODIES = 3


class ActionHandoff(TurnAction):
    """Says who has people to speak to: the organisation behind this service, else bodies of the place.

    The channel records the request with the conversation when it sees the message.
    """

    def name(self) -> str:
        return "action_handoff"

    def take(self, turn: Turn) -> None:
        """Sends a handoff message with how to reach them."""
        desk = Settings.from_env().organisation
        if desk.has_desk:
            self._to_desk(turn, desk)
            return
        code = turn.case.code
        bodies = (
            []
            if code is None
            else [
                body
                for body in turn.base.authorities.values()
                if body.id.startswith(f"{turn.base.place_of(code)}.") and body.phone
            ]
        )
        if not bodies:
            text = turn.words("handoff_place")
            turn.say(text, {"type": "handoff", "state": "unavailable", "text": text})
            if code is None:
                ask_place(turn)
                turn.case = replace(turn.case, wanted=A_PERSON)
            return
        lines = []
        for body in bodies[:MOST_BODIES]:
            words = authority_words(body, turn.language)
            lines.append(
                f"- [{words['name']}]({words['url']}){turn.words('reached_at', phone=words['phone'], cost=words['cost'])}"
            )
        text = "\n".join([turn.words("handoff"), *lines])
        turn.say(text, {"type": "handoff", "state": "unavailable", "text": text})

    def _to_desk(self, turn: Turn, desk: Organisation) -> None:
        lines = [turn.words("handoff_desk", name=desk.name or turn.words("handoff_us"))]
        for key, value in (("handoff_phone", desk.phone), ("handoff_email", desk.email), ("handoff_hours", desk.hours)):
            if value:
                lines.append(f"- {turn.words(key, value=value)}")
        text = "\n".join(lines)
        turn.say(text, {"type": "handoff", "state": "requested", "text": text})


class ActionStartOver(TurnAction):
    """Forgets the case; the language stays."""

    def name(self) -> str:
        return "action_start_over"

    def take(self, turn: Turn) -> None:
        """Empties the slots; asks first where the message does not plainly say so."""
        text = str(turn.parsed.get("text") or "")
        if turn.case.topics and not text.startswith("/") and not says("starts_over", text):
            buttons = [
                {"title": turn.words("start_over_yes"), "payload": "/start_over"},
                {"title": turn.words("start_over_no"), "payload": "/next_steps"},
            ]
            turn.notice(turn.words("start_over_sure"), buttons)
            return
        turn.case = Case(language=turn.case.language, chosen=turn.case.chosen)
        turn.notice(turn.words("started_over"))


class ActionChangeLanguage(TurnAction):
    """Answers in another language from now on."""

    def name(self) -> str:
        return "action_change_language"

    def take(self, turn: Turn) -> None:
        """Takes the language of the button or named in the message; else asks."""
        text = str(turn.parsed.get("text") or "")
        wanted = _language_named(text, turn)
        if wanted is None and (not turn.case.chosen or text.strip() == "/change_language"):
            names = {Language.EN: "English", Language.ZH_HANT: "繁體中文", Language.ZH_HANS: "简体中文"}
            buttons = [
                {"title": name, "payload": f'/change_language{{"language":"{language.value}"}}'}
                for language, name in names.items()
            ]
            turn.notice(turn.words("language_question"), buttons)
            return
        if wanted is not None:
            turn.case = replace(turn.case, language=wanted, chosen=True)
        turn.notice(turn.words("language_changed"))
        if turn.case.topics:
            turn.case = replace(turn.case, said=None, answered=True)
            turn.follow_up = "action_advise"


def _language_named(text: str, turn: Turn) -> Language | None:
    """The language that a message names; for "Chinese" alone, the script it is written in, else that of the place."""
    lowered = text.lower()
    if text.startswith("/"):
        return None
    for language, names in {
        Language.ZH_HANS: ("简体", "簡體", "simplified", "简中"),
        Language.ZH_HANT: ("繁體", "繁体", "traditional", "正體", "正体", "繁中"),
        Language.EN: ("english", "英文", "英语", "英語"),
    }.items():
        if any(name in lowered for name in names):
            return language
    if any(name in lowered for name in ("cantonese", "廣東話", "广东话", "粵語", "粤语")):
        return Language.ZH_HANT
    if any(
        name in lowered
        for name in ("chinese", "中文", "國語", "国语", "普通话", "普通話", "mandarin", "汉语", "漢語", "華語")
    ):
        written = (turn.parsed.get("language") or {}).get("code")
        if written in (Language.ZH_HANT.value, Language.ZH_HANS.value):
            return Language(written)
        if turn.language.is_chinese:
            return turn.language
        return Language.ZH_HANT if turn.case.code in ("TW", "HK") else Language.ZH_HANS
    return None


class ActionChangeJurisdiction(TurnAction):
    """Goes by the law of another place."""

    def name(self) -> str:
        return "action_change_jurisdiction"

    def take(self, turn: Turn) -> None:
        """The place is in the case already when the message named one; else it is asked for."""
        bare = str(turn.parsed.get("text") or "").strip() == "/change_jurisdiction"  # the command alone names none
        if bare or turn.case.code is None or turn.case.source == "unknown":
            ask_place(turn)
            return
        place = turn.base.jurisdictions[turn.case.code].names[turn.language]
        if (
            turn.case.topics
            and turn.case.said
            and not any(name in ("jurisdiction", REGION) for name, _ in turn.case.changes)
        ):
            turn.notice(turn.words("place_kept", place=place))
            ask_again(turn)
            return
        if turn.case.topics:
            turn.case = replace(turn.case, said=None)
            turn.follow_up = "action_advise"
            return
        turn.notice(turn.words("place_changed", place=place))
