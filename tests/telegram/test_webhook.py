"""Webhook mode: only Telegram is let in, and several instances on one database handle each update once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.databases import postgresql
from tests.e2e.stack import free_ports
from tests.telegram.bot_api import BotApi, Person
from tests.telegram.rasa_double import RasaDouble
from tests.telegram.running import Running

pytestmark = pytest.mark.slow

SECRET = "a-secret-of-the-tests"


@dataclass
class Cluster:
    """Two instances behind one address; `urls` are those of each."""

    api: BotApi
    rasa: RasaDouble
    bots: list[Running]
    urls: list[str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database; its address."""
    folder = tmp_path_factory.mktemp("database")
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'redress.db'}"
    else:
        with postgresql(folder) as url:
            yield url


@pytest.fixture(scope="module")
def cluster(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two real processes on one database."""
    api, rasa, folder = BotApi(), RasaDouble(), tmp_path_factory.mktemp("webhook")
    ports = free_ports(2)
    urls = [f"http://127.0.0.1:{port}/telegram" for port in ports]
    bots = [
        Running(
            folder,
            api,
            rasa.port,
            name=f"telegram{port}",
            DATABASE_URL=database,
            TELEGRAM_WEBHOOK_URL=url,
            TELEGRAM_WEBHOOK_SECRET=SECRET,
            TELEGRAM_WEBHOOK_PORT=str(port),
        )
        for port, url in zip(ports, urls, strict=True)
    ]
    for bot in bots:  # at the same moment, on an empty database
        bot.start(wait=False)
    api.wait(lambda: len(api.called("setWebhook")) == 2, 60)
    yield Cluster(api, rasa, bots, urls)
    for bot in bots:
        assert bot.stop() == 0
    api.down()
    rasa.stop()


def test_the_webhook_is_set_with_its_secret_and_what_is_wanted(cluster: Cluster) -> None:
    first, _ = cluster.api.called("setWebhook")
    assert first.given["secret_token"] == SECRET
    assert "callback_query" in first.given["allowed_updates"] and "channel_post" not in first.given["allowed_updates"]
    assert cluster.api.called("getUpdates") == []


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}])
def test_a_stranger_is_not_let_in(cluster: Cluster, headers: dict[str, str]) -> None:
    ada = Person(cluster.api)
    update = {"update_id": 1, "message": ada.message(text="hello from a stranger")}
    assert httpx.post(cluster.urls[0], json=update, headers=headers, trust_env=False).status_code == 401
    assert cluster.rasa.messages("hello from a stranger") == []


def test_what_is_no_update_is_taken_and_passed_by(cluster: Cluster) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    for content in (b"", b"{", b"[]", b'{"update_id": "x"}', b'{"update_id": 5, "message": 7}'):
        assert httpx.post(cluster.urls[0], content=content, headers=headers, trust_env=False).status_code == 200
    big = httpx.post(cluster.urls[0], content=b"x" * 2_000_000, headers=headers, trust_env=False)
    assert big.status_code == 413
    assert httpx.get(f"{cluster.urls[0].rsplit('/', 1)[0]}/healthz", trust_env=False).status_code == 200


def test_two_instances_handle_each_update_once_and_in_order(cluster: Cluster) -> None:
    """Each update goes to both instances, twice."""
    people = [Person(cluster.api) for _ in range(20)]
    cluster.rasa.delay_s = 0.02
    webhook, cluster.api.webhook = cluster.api.webhook, {}  # the test delivers by itself

    def write(person: Person) -> None:
        client = httpx.Client(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}, trust_env=False, timeout=30)
        for number in range(3):
            person.says(f"{person.id} {number}")
            update = next(
                each for each in reversed(cluster.api.updates) if each["message"].get("text") == f"{person.id} {number}"
            )
            for url in cluster.urls * 2:
                assert client.post(url, json=update).status_code == 200

    threads = [threading.Thread(target=write, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        person.waits_for(3, 60)
        assert person.texts() == [f"Heard: {person.id} {number}" for number in range(3)]
    assert len([turn for turn in cluster.rasa.heard if turn.message.split()[0].isdigit()]) == 60
    cluster.api.webhook = webhook


def test_an_instance_that_dies_loses_nothing(cluster: Cluster) -> None:
    ada = Person(cluster.api)
    ada.says("one")
    ada.waits_for(1)
    cluster.bots[0].kill()
    ada.says("two")
    cluster.api.deliver(cluster.api.updates[-1], cluster.urls[1])
    ada.waits_for(2, 40)
    cluster.bots[0].start()
    ada.says("three")
    ada.waits_for(3, 40)
    assert ada.texts() == ["Heard: one", "Heard: two", "Heard: three"]
