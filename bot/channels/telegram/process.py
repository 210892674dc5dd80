"""The process: everything put together, started, and stopped without leaving anything half done."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import User
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.background import Background
from bot.channels.telegram.buttons import Buttons
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.handling import Handler
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menu import Menu
from bot.channels.telegram.message_ids import MessageIds
from bot.channels.telegram.moving import Moving
from bot.channels.telegram.outbox import Outbox
from bot.channels.telegram.pauses import pause_after
from bot.channels.telegram.polling import poll
from bot.channels.telegram.pushing import Pushing
from bot.channels.telegram.rasa import Rasa
from bot.channels.telegram.reading import WANTED
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.tables import relax
from bot.channels.telegram.webhook import server, webhook_app
from bot.channels.telegram.workers import Workers
from bot.conversations import Conversations
from settings import Settings

DATABASE_TRIES = 10
TIDY_S = 3600.0

_T = TypeVar("_T")

log = structlog.get_logger()


async def run(settings: Settings) -> int:
    """Runs until SIGTERM or SIGINT; gives the exit status."""
    assert settings.telegram_token is not None
    api = Api(settings.telegram_token, settings.telegram_api_url)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    background = Background(1 if settings.database_url.startswith("sqlite") else 8)
    stopped = asyncio.create_task(stopping.wait())
    working = asyncio.create_task(_work(settings, api, background))
    try:
        await asyncio.wait([stopped, working], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            await working  # it has ended by itself: raises what ended it
        return 0
    except InvalidToken:
        print("TELEGRAM_TOKEN: Telegram does not know this token. Ask @BotFather for it again.", file=sys.stderr)
        return 1
    finally:
        for task in (stopped, working):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, InvalidToken):
                await task
        await api.close()
        background.close()


async def _work(settings: Settings, api: Api, background: Background) -> None:
    """Until cancelled. Raises InvalidToken."""
    store = await _opened(settings, background)
    relax(store.engine)
    inbox, outbox, chats = Inbox(store.engine), Outbox(store.engine), Chats(store.engine)
    await background.run(chats.free_the_dead)
    me = await _me(api)
    known = [await background.run(each.highest_message) for each in (inbox, outbox)]
    ids, moving, menu = MessageIds(*known), Moving(store, inbox, outbox), Menu(api, chats, background)
    rasa = Rasa(settings.rasa_url, settings.actions_url.removesuffix("/webhook"))
    wake = asyncio.Event()
    intake = Intake(api.bot, me, inbox, ids, background, wake.set)
    handler = Handler(
        api=api, store=store, inbox=inbox, outbox=outbox, chats=chats, buttons=Buttons(store.engine), moving=moving, menu=menu,
        rasa=rasa, name=me.username or "", background=background,
    )  # fmt: skip
    sender = Sender(api, outbox, chats, moving, ids, background)
    workers = Workers(chats, inbox, outbox, intake, handler, sender, background, wake)
    pushing = Pushing(store, outbox, chats, handler, background, wake.set)
    tasks = [
        asyncio.create_task(each)
        for each in (workers.run(), pushing.run(), menu.set_all(), _tidy(inbox, outbox, background))
    ]
    try:
        if settings.telegram_webhook_url:
            await _take_by_webhook(settings, api, intake)
        else:
            await _until_done(api.bot.delete_webhook)
            await poll(api, intake)
    finally:
        await workers.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await rasa.close()
        await background.run(store.close)


async def _take_by_webhook(settings: Settings, api: Api, intake: Intake) -> None:
    url, secret = settings.telegram_webhook_url, settings.telegram_webhook_secret
    assert url is not None and secret is not None
    web = server(webhook_app(intake, url, secret), settings.host, settings.telegram_webhook_port)
    serving = asyncio.create_task(web.serve())
    try:
        while not web.started and not serving.done():
            await asyncio.sleep(0.05)
        await _until_done(lambda: api.bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED))
        await asyncio.shield(serving)
    finally:
        web.should_exit = True
        await serving


async def _opened(settings: Settings, background: Background) -> Conversations:
    """The store, with this channel's tables. Another process may make the same tables in the same moment."""
    for attempt in range(DATABASE_TRIES):
        try:
            return await background.run(Conversations, settings.database_url)
        except SQLAlchemyError as error:
            log.warning("telegram.database.failed", error=type(error).__name__)
            await asyncio.sleep(0.2 * (attempt + 1))
    return await background.run(Conversations, settings.database_url)


async def _me(api: Api) -> User:
    """The bot itself, as soon as Telegram can be reached. Raises InvalidToken."""
    return await _until_done(api.me)


async def _until_done(request: Callable[[], Awaitable[_T]]) -> _T:
    """Makes a request until it succeeds. Raises InvalidToken."""
    failures = 0
    while True:
        try:
            return await request()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram.start.failed", error=type(error).__name__)
            await asyncio.sleep(pause_after(error, failures))
            failures += 1


async def _tidy(inbox: Inbox, outbox: Outbox, background: Background) -> None:
    while True:
        with contextlib.suppress(SQLAlchemyError):
            await background.run(inbox.tidy)
            await background.run(outbox.tidy)
        await asyncio.sleep(TIDY_S)
