"""Passwords, the second factor, the lock-out, and what is written down of them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "correct horse battery"
SECOND = "/admin/second-factor/"


@pytest.fixture
def person(db):
    def make(group="", **fields):
        user = User.objects.create_user("anna", password=PASSWORD, is_staff=True, **fields)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def strict(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def give(client, password=PASSWORD, **where):
    return client.post("/admin/login/?next=/admin/", {"username": "anna", "password": password}, **where)


def code(device, step=0):
    return f"{totp(device.bin_key, step=30, t0=-step * 30):06}"


def set_up(client):
    """Pass the page that sets up the second factor; answers with the recovery codes."""
    client.get(SECOND)
    return client.post(SECOND, {"code": code(TOTPDevice.objects.get())}).context["codes"]


@pytest.mark.parametrize(("group", "superuser"), [("Publishers", False), ("", True)])
def test_first_sign_in_leads_to_setting_up(strict, person, group, superuser):
    person(group, is_superuser=superuser)
    client = Client()
    give(client)

    leads = client.get("/admin/", follow=True).redirect_chain[-1][0]
    codes = set_up(client)

    assert leads == f"{SECOND}?next=%2Fadmin%2F"
    assert (len(codes), len(set(codes)), client.get("/admin/").status_code) == (10, 10, 200)


@pytest.mark.parametrize("path", ["/admin/", "/admin/draws/draw/", "/admin/password_change/"])
def test_password_alone_opens_nothing_for_a_publisher(strict, person, path):
    person("Publishers")
    client = Client()
    give(client)

    assert client.get(path).status_code == 302


def test_password_alone_is_enough_for_an_editor(strict, person):
    person("Editors")
    client = Client()

    give(client)

    assert client.get("/admin/").status_code == 200


def test_password_alone_is_enough_where_the_setting_is_off(person):
    person(is_superuser=True)
    client = Client()

    give(client)

    assert client.get("/admin/").status_code == 200


def test_whoever_set_it_up_gives_it_at_each_sign_in(person):
    user = person("Editors")
    device = TOTPDevice.objects.create(user=user, name="App", confirmed=True)
    client = Client()
    give(client)

    before = client.get("/admin/").status_code
    answer = client.post(f"{SECOND}?next=/admin/draws/draw/", {"code": code(device)})

    assert (before, answer.status_code, answer["Location"]) == (302, 302, "/admin/draws/draw/")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("wrong", ["000000", "", "abc"])
def test_wrong_code_is_refused(strict, person, wrong):
    TOTPDevice.objects.create(user=person("Publishers"), name="App", confirmed=True, key="00" * 20)
    client = Client()
    give(client)

    answer = client.post(SECOND, {"code": wrong})

    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert client.get("/admin/").status_code == 302


def test_recovery_code_works_once(strict, person):
    person("Publishers")
    client = Client()
    give(client)
    recovery = set_up(client)[0]
    answers = []
    for _time in range(2):
        client = Client()
        give(client)
        answers.append(client.post(SECOND, {"code": recovery.upper()}).status_code)

    assert answers == [302, 200]


def test_code_of_the_app_works_once(strict, person):
    person("Publishers")
    first = Client()
    give(first)
    set_up(first)
    second = Client()
    give(second)

    answer = second.post(SECOND, {"code": code(TOTPDevice.objects.get())})

    assert answer.status_code == 200


def test_new_recovery_codes_void_the_old_ones(strict, person):
    person("Publishers")
    client = Client()
    give(client)
    old = set_up(client)

    new = client.post(SECOND).context["codes"]

    assert set(old) & set(new) == set()
    assert client.get(SECOND).context["left"] == 10


def test_next_address_stays_on_the_site(strict, person):
    device = TOTPDevice.objects.create(user=person("Publishers"), name="App", confirmed=True)
    client = Client()
    give(client)

    answer = client.post(f"{SECOND}?next=https://example.com/", {"code": code(device)})

    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize("signed_in", [False, True])
def test_second_factor_is_for_staff(db, signed_in):
    client = Client()
    if signed_in:
        client.force_login(User.objects.create_user("visitor"))

    assert client.get(SECOND)["Location"] == f"/admin/login/?next={SECOND}"


def test_superuser_lets_somebody_begin_anew(sign_in, person):
    user = person("Publishers")
    TOTPDevice.objects.create(user=user, name="App", confirmed=True)
    given = {"action": "remove_second_factor", "_selected_action": [user.pk]}

    sign_in("superuser").post("/admin/auth/user/", given)

    assert not TOTPDevice.objects.filter(user=user).exists()


def test_five_wrong_passwords_lock_out(person):
    person("Editors")
    client = Client()
    wrong = [give(client, "wrong").status_code for _time in range(5)]

    right, elsewhere = give(client), give(Client(), REMOTE_ADDR="10.1.1.1")

    assert (wrong, right.status_code, elsewhere.status_code) == ([200, 200, 200, 200, 429], 429, 302)
    assert "Too many wrong passwords" in right.content.decode()


@pytest.mark.parametrize(
    ("wrong", "there", "elsewhere"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.10"),
        ("::ffff:203.0.113.9", "203.0.113.9", "::ffff:203.0.113.10"),
        ("2001:db8:1:2::{:x}", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::1"),
    ],
)
def test_one_address_cannot_try_many_names(person, wrong, there, elsewhere):
    person("Editors")
    for number in range(20):
        Client().post("/admin/login/", {"username": number, "password": "wrong"}, REMOTE_ADDR=wrong.format(number))

    assert [give(Client(), REMOTE_ADDR=address).status_code for address in (there, elsewhere)] == [429, 302]


def test_addresses_of_one_network_share_the_failures_of_a_name(person):
    person("Editors")
    wrong = [give(Client(), "wrong", REMOTE_ADDR=f"2001:db8:1:2::{number}").status_code for number in range(5)]

    assert wrong == [200, 200, 200, 200, 429]


def test_stranger_behind_the_same_proxy_locks_nobody_out(person, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    person("Editors")
    stranger, anna = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "198.51.100.7"}

    refused = [give(Client(), "wrong", headers=stranger).status_code for _time in range(6)][-1]

    assert (refused, give(Client(), headers=anna).status_code) == (429, 302)


def test_superuser_makes_a_link_for_a_new_password(sign_in, person, caplog):
    caplog.set_level("INFO", "audit")
    user = person("Editors")
    for _time in range(5):
        give(Client(), "wrong")
    given = {"action": "make_password_links", "_selected_action": [user.pk]}

    [(_user, link)] = sign_in("superuser").post("/admin/auth/user/", given).context["links"]
    client = Client()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"new_password1": "a whole new word", "new_password2": "a whole new word"})

    assert give(client, "a whole new word").status_code == 302
    assert "has been used" in Client().get(link, follow=True).content.decode()
    assert "password set by link: user anna from 127.0.0.1" in caplog.messages


@pytest.mark.parametrize("role", ["Editors", "Publishers"])
def test_links_for_new_passwords_are_for_superusers(sign_in, person, role):
    given = {"action": "make_password_links", "_selected_action": [person("Editors").pk]}

    assert sign_in(role).post("/admin/auth/user/", given).status_code == 403


@pytest.mark.parametrize("password", ["short-one", "123456789012345"])
def test_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_session_ends_with_the_browser_and_is_of_the_admin_alone(person):
    person("Editors")
    client = Client()
    give(client)

    cookie = client.cookies["sessionid"]

    assert (cookie["path"], cookie["max-age"], cookie["httponly"]) == ("/admin/", "", True)
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_signing_in_and_out_is_written_down(person, caplog):
    user = person("Editors")
    caplog.set_level("INFO", "audit")
    client = Client()
    give(client, "wrong")
    give(client)
    client.post("/admin/logout/")

    lines = [record.getMessage() for record in caplog.records if record.name == "audit"][1:]

    assert lines == [
        "sign-in failed: name 'anna' from 127.0.0.1",
        "signed in: user anna from 127.0.0.1",
        "signed out: user anna from 127.0.0.1",
    ]
    assert [entry.change_message for entry in LogEntry.objects.filter(user=user)] == ["signed out", "signed in"]


def test_change_of_permissions_is_written_down(sign_in, person, caplog):
    user = person()
    client = sign_in("superuser")
    caplog.set_level("INFO", "audit")
    form = {
        "username": "anna",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [Group.objects.get(name="Editors").pk],
    }
    form |= {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}

    client.post(f"/admin/auth/user/{user.pk}/change/", form)

    lines = [record.getMessage() for record in caplog.records if record.name == "audit"][-2:]
    assert lines == [
        "user changed: anna by superuser: is_staff=False, is_superuser=True",
        "add of anna by superuser: Editors",
    ]
