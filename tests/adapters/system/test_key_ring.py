"""The data key and the ways to it."""

import json
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from counter_app.adapters.system.key_ring import KeyRing, page_key, store_key
from counter_app.adapters.system.key_slots import Cost
from counter_app.application.capture import DiskFull
from counter_app.application.ports.store import KeysDamaged
from tests.helpers.pages_disk import small_disk

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
"""What argon2 costs is not what these tests are about."""
STORE_KEY_BEGINS = "3f5c4b24f692150f"
PAGE_KEY_BEGINS = "6b1c3df8b338e664"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "data", CHEAP)


def test_each_folder_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = {KeyRing(tmp_path / name, CHEAP).create() for name in "abc"}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}


def test_a_folder_gets_its_key_once(ring: KeyRing) -> None:
    assert not ring.exists()
    ring.create()
    assert ring.exists()
    with pytest.raises(FileExistsError):
        ring.create()


def test_until_somebody_has_signed_in_the_key_is_at_hand_and_then_never_again(
    ring: KeyRing, tmp_path: Path
) -> None:
    key = ring.create()
    assert ring.open_unsealed() == key
    ring.put_slot("mau", "mật khẩu", key)
    assert ring.open_unsealed() is None
    for file in (tmp_path / "data").iterdir():
        assert "unsealed" not in file.read_text()


def test_the_right_password_opens_and_no_other(ring: KeyRing) -> None:
    key = ring.create()
    ring.put_slot("mau", "mật khẩu", key)
    assert ring.open_with_password("mau", "mật khẩu") == key
    assert ring.open_with_password("mau", "mat khau") is None
    assert ring.open_with_password("other", "mật khẩu") is None


def test_a_password_typed_with_its_marks_apart_is_the_same_password(ring: KeyRing) -> None:
    key = ring.create()
    ring.put_slot("mau", unicodedata.normalize("NFC", "mật khẩu"), key)
    assert ring.open_with_password("mau", unicodedata.normalize("NFD", "mật khẩu")) == key


def test_each_officer_opens_with_an_own_password(ring: KeyRing) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    ring.put_slot("vidu", "two", key)
    ring.put_slot("mau", "three", key)
    assert ring.logins() == ("vidu", "mau")
    assert ring.open_with_password("mau", "one") is None
    assert ring.open_with_password("mau", "three") == key
    assert ring.open_with_password("vidu", "two") == key


def test_an_officer_who_left_has_no_way_in_any_more(ring: KeyRing, tmp_path: Path) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    ring.put_slot("vidu", "two", key)
    assert ring.drop_slot("mau")
    assert ring.drop_slot("nobody")
    assert ring.open_with_password("mau", "one") is None
    assert ring.open_with_password("vidu", "two") == key
    assert not any("mau" in file.read_text() for file in (tmp_path / "data").iterdir())


def test_the_last_way_in_is_never_taken_away(ring: KeyRing) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    assert not ring.drop_slot("mau")
    assert ring.open_with_password("mau", "one") == key


def test_a_slot_cannot_be_moved_to_another_name(ring: KeyRing, tmp_path: Path) -> None:
    ring.put_slot("mau", "one", ring.create())
    file = tmp_path / "data" / "keys.json"
    file.write_text(file.read_text().replace('"mau"', '"boss"'))
    assert ring.open_with_password("boss", "one") is None


def test_a_slot_opens_at_the_cost_it_was_made_with(ring: KeyRing, tmp_path: Path) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    assert KeyRing(tmp_path / "data").open_with_password("mau", "one") == key


def test_the_usual_cost_is_that_of_the_standard(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.put_slot("mau", "one", ring.create())
    (slot,) = json.loads((tmp_path / "keys.json").read_text())["slots"]
    assert (slot["kdf"], slot["passes"], slot["memory_kib"], slot["lanes"]) == (
        "argon2id",
        3,
        65536,
        4,
    )


def test_nobody_else_on_the_machine_may_read_the_file(ring: KeyRing, tmp_path: Path) -> None:
    ring.create()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "data" / "keys.json").stat().st_mode) == 0o600


def test_the_file_of_before_lies_beside_the_new_one(ring: KeyRing, tmp_path: Path) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    before = (tmp_path / "data" / "keys.json").read_text()
    ring.put_slot("vidu", "two", key)
    assert (tmp_path / "data" / "keys.previous.json").read_text() == before


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace("argon2id", "md5"),
        lambda text: text.replace('"memory_kib": 64', '"memory_kib": 99999999'),
        lambda text: text.replace('"passes": 1', '"passes": 100000'),
        lambda text: text.replace('"slots": [', '"slots": 7, "x": ['),
        lambda text: text.replace('"nonce": "', '"nonce": "AAAA'),
        lambda text: text.replace('"wrapped": "', '"wrapped": "!'),
        lambda text: json.dumps({**json.loads(text), "slots": []}),
    ],
)
def test_a_damaged_file_is_told_as_such_and_left_as_it_is(
    ring: KeyRing, tmp_path: Path, harm: object
) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    ring.put_slot("vidu", "two", key)
    file = tmp_path / "data" / "keys.json"
    damaged = harm(file.read_text())  # type: ignore[operator]
    file.write_text(damaged)
    for ask in (
        lambda: ring.open_with_password("mau", "one"),
        ring.open_unsealed,
        lambda: ring.put_slot("mau", "new", key),
        lambda: ring.drop_slot("mau"),
    ):
        with pytest.raises(KeysDamaged):
            ask()
    assert file.read_text() == damaged
    # The copy of before is what the operator puts in its place.
    file.write_text((tmp_path / "data" / "keys.previous.json").read_text())
    assert ring.open_with_password("mau", "one") == key


def test_a_file_that_vanished_is_damage_and_not_a_new_beginning(
    ring: KeyRing, tmp_path: Path
) -> None:
    key = ring.create()
    ring.put_slot("mau", "one", key)
    ring.put_slot("vidu", "two", key)
    (tmp_path / "data" / "keys.json").unlink()
    assert ring.exists()
    with pytest.raises(KeysDamaged):
        ring.open_with_password("mau", "one")


def test_on_a_full_disk_the_ways_in_stay_as_they_were(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as is_mounted:
        if not is_mounted:
            pytest.skip("this process may not mount a disk")
        ring = KeyRing(tmp_path / "disk", CHEAP)
        key = ring.create()
        ring.put_slot("mau", "one", key)
        with (
            (tmp_path / "disk" / "ballast").open("wb", buffering=0) as ballast,
            pytest.raises(OSError),
        ):
            while True:
                ballast.write(b"x" * 1024)
        with pytest.raises(DiskFull):
            ring.put_slot("vidu", "two", key)
        assert ring.open_with_password("mau", "one") == key
        assert ring.logins() == ("mau",)


@given(
    passwords=st.dictionaries(
        st.text("abcđ", min_size=1, max_size=3), st.text(max_size=12), max_size=4
    ),
    wrong=st.text(max_size=12),
)
def test_every_slot_opens_with_its_password_alone(
    passwords: dict[str, str], wrong: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ring = KeyRing(tmp_path_factory.mktemp("ring"), CHEAP)
    key = ring.create()
    for login, password in passwords.items():
        ring.put_slot(login, password, key)
    for login, password in passwords.items():
        same = unicodedata.normalize("NFC", wrong) == unicodedata.normalize("NFC", password)
        assert ring.open_with_password(login, password) == key
        assert (ring.open_with_password(login, wrong) == key) == same


def test_the_store_and_the_pages_have_keys_of_their_own() -> None:
    master = bytes(range(32))
    keys = {store_key(master), page_key(master), store_key(bytes(32)), page_key(bytes(32)), master}
    assert len(keys) == 5
    assert {len(key) for key in keys} == {32}
    # A store made years ago must still open.
    assert store_key(master).hex()[:16] == STORE_KEY_BEGINS
    assert page_key(master).hex()[:16] == PAGE_KEY_BEGINS


# ---- the system's keyring


class Keyring(KeyringBackend):
    """Stands for the keyring of a desktop, which a test machine has not."""

    priority: ClassVar[float] = 5
    held: ClassVar[dict[tuple[str, str], str]] = {}
    is_locked: ClassVar[bool] = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.held[service, username] = password


class ClearText(Keyring):
    priority: ClassVar[float] = 0.5


@pytest.fixture
def desktop() -> Iterator[type[Keyring]]:
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    Keyring.held.clear()
    yield Keyring
    Keyring.is_locked = False
    keyring.set_keyring(before)


def test_where_there_is_no_real_keyring_the_password_alone_opens(ring: KeyRing) -> None:
    key = ring.create()
    assert not ring.offer_to_keyring(key)
    assert ring.open_with_keyring() is None


def test_the_keyring_opens_what_it_was_given(ring: KeyRing, desktop: type[Keyring]) -> None:
    key = ring.create()
    assert ring.open_with_keyring() is None
    assert ring.offer_to_keyring(key)
    assert ring.open_with_keyring() == key
    desktop.is_locked = True
    assert ring.open_with_keyring() is None
    assert not ring.offer_to_keyring(key)


def test_two_folders_do_not_share_what_the_keyring_holds(
    tmp_path: Path, desktop: type[Keyring]
) -> None:
    one, two = KeyRing(tmp_path / "one", CHEAP), KeyRing(tmp_path / "two", CHEAP)
    one.offer_to_keyring(one.create())
    two.create()
    assert two.open_with_keyring() is None


def test_nonsense_in_the_keyring_is_no_key(ring: KeyRing, desktop: type[Keyring]) -> None:
    ring.offer_to_keyring(ring.create())
    for place in desktop.held:
        desktop.held[place] = "nonsense"
    assert ring.open_with_keyring() is None


def test_a_keyring_that_writes_in_clear_is_never_used(
    ring: KeyRing, desktop: type[Keyring]
) -> None:
    keyring.set_keyring(ClearText())
    assert not ring.offer_to_keyring(ring.create())
    assert desktop.held == {}
