from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from decimal import Decimal

import pytest

from studio.config.accounts import AccountKeys
from studio.config.settings import AccountSettings, ProviderSettings, Settings
from studio.config.vault import SessionVault
from studio.domain.assets import Size
from studio.domain.capability import AccountField, Capability, ModelSpec, ProviderSpec, SizeList
from studio.domain.errors import KeyMissing, KeyringLocked, KeyringMissing, RequestInvalid
from studio.domain.pricing import Money
from studio.domain.values import Secret

MODEL = ModelSpec(id="m", title="M", capability=Capability(size=SizeList(sizes=(Size.of(64, 64),))))
OPENAI = ProviderSpec(
    id="openai",
    title="OpenAI",
    monogram="O",
    key_environment=("OPENAI_API_KEY", "OPENAI_KEY"),
    account_fields=(AccountField(name="base_url", title="Address", default="https://api.openai.invalid/v1"),),
    reference_page="openai.md",
    default_model="m",
    models=(MODEL,),
)
DEMO = OPENAI.model_copy(update={"id": "demo", "title": "Demo", "needs_key": False, "key_environment": ()})


class CountingVault(SessionVault):
    """Says how often it was asked, and can be locked or kept waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.entered = threading.Event()
        self.problem: Exception | None = None
        self.gate: threading.Event | None = None
        self.threads: set[str] = set()

    def read(self, provider: str, account: str) -> Secret | None:
        self.asked += 1
        self.entered.set()
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            assert self.gate.wait(60)
        if self.problem is not None:
            raise self.problem
        return super().read(provider, account)


def make_keys(
    vault: CountingVault,
    *,
    environment: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    timeout_s: float = 20,
    heard: list[Secret] | None = None,
) -> AccountKeys:
    return AccountKeys(
        (OPENAI, DEMO),
        lambda: settings or Settings(),
        keyring=vault,
        environment={} if environment is None else environment,
        timeout_s=timeout_s,
        on_secret=(heard if heard is not None else []).append,
    )


@pytest.fixture
def vault() -> CountingVault:
    return CountingVault()


async def test_session_comes_before_environment_before_keyring(vault: CountingVault) -> None:
    environment: dict[str, str] = {}
    keys = make_keys(vault, environment=environment)
    await keys.set_key("openai", "default", "from-keyring")
    assert (await keys.account("openai", "default")).secret == Secret("from-keyring")
    environment["OPENAI_KEY"] = "from-second-variable"
    environment["OPENAI_API_KEY"] = "  from-environment\n"
    asked = vault.asked
    found = await keys.find_key("openai", "default")
    assert found is not None
    assert (found.secret, found.words) == (Secret("from-environment"), "environment variable OPENAI_API_KEY")
    await keys.set_key("openai", "default", "typed", place="session")
    assert (await keys.account("openai", "default")).secret == Secret("typed")
    assert vault.asked == asked
    assert "MainThread" not in vault.threads


async def test_environment_is_for_the_first_account_only(vault: CountingVault) -> None:
    accounts = (AccountSettings(id="home"), AccountSettings(id="work"))
    settings = Settings(providers={"openai": ProviderSettings(accounts=accounts)})
    keys = make_keys(vault, environment={"OPENAI_API_KEY": "home-key"}, settings=settings)
    assert (await keys.account("openai", "home")).secret == Secret("home-key")
    with pytest.raises(KeyMissing):
        await keys.account("openai", "work")


@pytest.mark.parametrize(("source", "expected"), [("keyring", "ring"), ("environment", "env"), ("automatic", "env")])
async def test_user_may_choose_where_the_key_comes_from(vault: CountingVault, source: str, expected: str) -> None:
    account = AccountSettings.model_validate({"key_source": source})
    settings = Settings(providers={"openai": ProviderSettings(accounts=(account,))})
    vault.write("openai", "default", Secret("ring"))
    keys = make_keys(vault, environment={"OPENAI_API_KEY": "env"}, settings=settings)
    assert (await keys.account("openai", "default")).secret == Secret(expected)


async def test_missing_key_names_the_provider(vault: CountingVault) -> None:
    with pytest.raises(KeyMissing, match="OpenAI needs a key"):
        await make_keys(vault).account("openai", "default")


async def test_account_has_its_fields_limits_and_overrides(vault: CountingVault) -> None:
    limit = Money(amount=Decimal(3), currency="CNY")
    account = AccountSettings(fields={"base_url": "https://own.invalid"}, concurrent_requests=2, daily_limit=limit)
    settings = Settings(providers={"openai": ProviderSettings(accounts=(account,))})
    keys = make_keys(vault, environment={"OPENAI_API_KEY": "k"}, settings=settings)
    found = await keys.account("openai", "default")
    assert (found.fields, found.concurrent_requests, found.daily_limit) == (
        {"base_url": "https://own.invalid"},
        2,
        limit,
    )
    keys.override_fields("openai", base_url="https://proxy.invalid")
    assert (await keys.account("openai", "default")).fields["base_url"] == "https://proxy.invalid"
    with pytest.raises(RequestInvalid, match="no such account field"):
        keys.override_fields("openai", region="moon")


async def test_keyless_provider_and_dry_run_ask_no_keyring(vault: CountingVault) -> None:
    keys = make_keys(vault)
    assert (await keys.account("demo", "default")).secret is None
    dry = await keys.account_without_key("openai", "default")
    assert dry.secret is None
    assert dry.fields == {"base_url": "https://api.openai.invalid/v1"}
    assert vault.asked == 0


@pytest.mark.parametrize(("provider", "account"), [("nobody", "default"), ("openai", "second")])
async def test_unknown_account_is_said(vault: CountingVault, provider: str, account: str) -> None:
    with pytest.raises(RequestInvalid):
        await make_keys(vault).account(provider, account)


@pytest.mark.parametrize("problem", [KeyringLocked(detail="shut"), KeyringMissing(detail="none")])
async def test_keyring_trouble_is_passed_on_and_asked_once_for_a_list(
    vault: CountingVault, problem: KeyringLocked | KeyringMissing
) -> None:
    vault.problem = problem
    keys = AccountKeys(
        [OPENAI.model_copy(update={"id": name}) for name in ("a", "b", "c")],
        Settings,
        keyring=vault,
        environment={},
    )
    with pytest.raises(type(problem)):
        await keys.account("a", "default")
    vault.asked = 0
    states = await keys.states()
    assert [state.problem for state in states] == [problem.problem] * 3
    assert vault.asked == 1


async def test_list_shows_where_keys_come_from_but_no_key(vault: CountingVault) -> None:
    secret = "sk-test-0123456789abcdef"
    keys = make_keys(vault, environment={"OPENAI_API_KEY": secret})
    openai, demo = await keys.states()
    assert (openai.place, openai.hint, demo.needed) == ("environment", "…cdef", False)
    assert secret not in repr(openai)


async def test_unanswered_prompt_is_reported_and_holds_nothing_up(vault: CountingVault) -> None:
    vault.gate = threading.Event()
    keys = make_keys(vault, timeout_s=0.05)
    with pytest.raises(KeyringLocked, match=r"no answer within 0\.05 s"):
        await keys.account("openai", "default")
    # A second question waits its turn behind the prompt, and is dropped when nobody waits for it any more.
    with pytest.raises(KeyringLocked):
        await keys.set_key("openai", "default", "too-late")
    vault.gate.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()
    assert vault.read("openai", "default") is None


async def test_prompts_come_one_at_a_time(vault: CountingVault) -> None:
    vault.gate = threading.Event()
    vault.write("openai", "default", Secret("k"))
    keys = make_keys(vault)
    both = asyncio.gather(keys.account("openai", "default"), keys.account("openai", "default"))
    assert await asyncio.to_thread(vault.entered.wait, 60)
    assert vault.asked == 1
    vault.gate.set()
    assert [account.secret for account in await both] == [Secret("k")] * 2


async def test_log_hears_of_a_key_before_anybody_can_use_it(vault: CountingVault) -> None:
    heard: list[Secret] = []
    keys = make_keys(vault, heard=heard)
    await keys.set_key("openai", "default", "'sk-pasted-with-quotes' \n")
    assert heard == [Secret("sk-pasted-with-quotes")]
    await keys.account("openai", "default")
    assert set(heard) == {Secret("sk-pasted-with-quotes")}


@pytest.mark.parametrize("key", ["", "  ", '""', "two words", "sk-密钥", "line\nbreak"])
async def test_what_cannot_be_a_key_is_refused(vault: CountingVault, key: str) -> None:
    with pytest.raises(RequestInvalid):
        await make_keys(vault).set_key("openai", "default", key)


async def test_deleted_key_is_gone_from_session_and_keyring(vault: CountingVault) -> None:
    keys = make_keys(vault)
    await keys.set_key("openai", "default", "kept")
    await keys.set_key("openai", "default", "session-only", place="session")
    await keys.delete_key("openai", "default")
    assert await keys.find_key("openai", "default") is None


async def test_one_can_wait_for_the_answer_to_a_prompt_that_was_given_up(vault: CountingVault) -> None:
    vault.gate = threading.Event()
    vault.write("openai", "default", Secret("k"))
    keys = make_keys(vault, timeout_s=0.05)
    (openai, _demo) = await keys.states()
    assert openai.problem is not None
    assert openai.problem.kind == "keyring_locked"
    assert keys.keyring_is_asking
    answered = asyncio.create_task(keys.keyring_answered())
    await asyncio.sleep(0)
    assert not answered.done()
    vault.gate.set()
    await answered
    keys._lane._timeout_s = 60
    (openai, _demo) = await keys.states()
    assert openai.place == "keyring"
    assert not keys.keyring_is_asking
