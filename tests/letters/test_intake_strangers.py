"""Origin and rate: what is known about strangers, and what is not."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory, override_settings

from letters.intake import limit, origin


def post(**headers):
    return RequestFactory().post("/en/write/survivor/", headers=headers)


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"sec-fetch-site": "same-origin"}, origin.OURS),
        ({"sec-fetch-site": "none"}, origin.OURS),
        ({"sec-fetch-site": "cross-site"}, origin.FOREIGN),
        ({"sec-fetch-site": "same-site"}, origin.FOREIGN),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, origin.FOREIGN),
        ({"origin": "http://testserver"}, origin.OURS),
        ({"origin": "http://127.0.0.1:8000"}, origin.OURS),  # BASE_URL
        ({"origin": "http://testserver.example.org"}, origin.FOREIGN),
        ({"origin": "http://testserver:8080"}, origin.FOREIGN),
        ({"origin": "nonsense"}, origin.FOREIGN),
        ({"origin": "null"}, origin.UNKNOWN),
        ({}, origin.UNKNOWN),
    ],
)
def test_where_a_post_came_from(headers, answer):
    assert origin.of(post(**headers)) == answer


# ----------------------------------------------------------------------------- rate


def sent_from(address, times=1, **headers):
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    return [limit.count(request, "send") for _time in range(times)]


def test_twenty_letters_an_hour_are_fine_and_more_are_held():
    answers = sent_from("203.0.113.9", 25)
    assert answers == ["fine"] * 20 + ["held"] * 5


def test_only_a_flood_is_refused():
    answers = sent_from("203.0.113.9", 201)
    assert answers[199:] == ["held", "flood"]


def test_neighbours_in_a_network_share_a_counter_and_others_do_not():
    sent_from("203.0.113.9", 20)
    assert sent_from("203.0.113.200") == ["held"]
    assert sent_from("203.0.114.9") == ["fine"]
    sent_from("2001:db8:1::1", 20)
    assert sent_from("2001:db8:1:ffff::1") == ["held"]
    assert sent_from("2001:db8:2::1") == ["fine"]


def test_a_mapped_address_is_the_same_network():
    assert limit.prefix("::ffff:203.0.113.9") == limit.prefix("203.0.113.9") == "203.0.113.0/24"


@pytest.mark.parametrize("address", ["", "nonsense", "203.0.113.9, 1.2.3.4", "fe80::1%eth0"])
def test_strange_addresses_are_counted_too(address):
    assert sent_from(address) == ["fine"]


def test_without_a_proxy_of_ours_the_header_is_ignored(settings):
    settings.TRUSTED_PROXIES = 0
    request = post(**{"x-forwarded-for": "198.51.100.1"})
    assert limit.client_address(request) == "127.0.0.1"


def test_what_a_visitor_writes_before_our_proxy_s_hop_is_ignored(settings):
    settings.TRUSTED_PROXIES = 1
    request = post(**{"x-forwarded-for": "198.51.100.1, 203.0.113.9"})
    assert limit.client_address(request) == "203.0.113.9"
    settings.TRUSTED_PROXIES = 2
    request = post(**{"x-forwarded-for": "198.51.100.1, 203.0.113.9, 10.0.0.2"})
    assert limit.client_address(request) == "203.0.113.9"


def test_the_cache_holds_no_address():
    sent_from("203.0.113.9", 3)
    kept = repr(cache._cache)
    assert "intake:" in kept
    assert "203.0" not in kept


def test_when_the_day_s_key_is_gone_the_old_counters_belong_to_nobody(time_machine):
    time_machine.move_to("2026-11-25T12:00:00Z", tick=False)
    sent_from("203.0.113.9", 20)
    counters = {name for name in cache._cache if ":key:" not in name}
    cache.delete("intake:key:2026-11-25")
    assert sent_from("203.0.113.9") == ["fine"]
    assert len({name for name in cache._cache if ":key:" not in name} - counters) == 1


@pytest.mark.parametrize("options", [{}, {"IGNORE_EXCEPTIONS": True}])
def test_without_a_cache_letters_are_held_and_not_lost(options):
    # Nobody listens on this port.
    gone = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": "redis://127.0.0.1:9/0",
        "OPTIONS": options,
    }
    with override_settings(CACHES={"default": gone}):
        assert sent_from("203.0.113.9") == ["held"]
