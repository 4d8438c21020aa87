"""Redis as a cache that may be away, slow or full: then nothing is kept for a while, and nobody waits."""

import logging
import threading
import time

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PATIENCE = 0.2  # seconds for an answer
PAUSE = 5  # seconds until a Redis that failed is asked again
PAUSING = threading.Lock()
logger = logging.getLogger(__name__)


class PatientRedisCache(RedisCache):
    """A failure is a miss and a line in the log; ``clear`` takes our own keys alone."""

    asks_at = 0  # for all threads of the process

    def __init__(self, server, params):
        waits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}
        params["OPTIONS"] = waits | params.get("OPTIONS", {})
        super().__init__(server, params)

    def attempt(self, otherwise, method, *args, **kwargs):
        is_alone = self.turn()
        if is_alone is None:
            return otherwise
        try:
            found = method(*args, **kwargs)
        except (RedisError, OSError) as fault:
            self.pause(fault, is_alone)
            return otherwise
        if is_alone:
            PatientRedisCache.asks_at = 0
        return found

    def turn(self):
        """Whether one thread tries alone after a failure, the others going on: to look up a name may take long."""
        now = time.monotonic()
        with PAUSING:
            asks_at = PatientRedisCache.asks_at
            if now < asks_at:
                return None
            if asks_at:
                PatientRedisCache.asks_at = now + PAUSE
            return bool(asks_at)

    def pause(self, fault, tried_alone):
        """Of the threads that met the same failure, one says so."""
        now = time.monotonic()
        with PAUSING:
            met = now < PatientRedisCache.asks_at and not tried_alone
            PatientRedisCache.asks_at = now + PAUSE
        if not met:
            logger.warning("Redis fails, and is left alone for %d seconds: %s", PAUSE, fault)

    def get(self, key, default=None, version=None):
        try:
            return self.attempt(default, super().get, key, default, version)
        except Exception as fault:  # a cut or foreign value raises whatever it likes
            logger.warning("Redis holds a value that cannot be read, and loses it: %s", fault)
            PatientRedisCache.asks_at = 0  # it has answered
            self.delete(key, version=version)
            return default

    def set(self, *args, **kwargs):
        return self.attempt(None, super().set, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self.attempt(False, super().add, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self.attempt(False, super().delete, *args, **kwargs)

    def clear(self):
        return self.attempt(False, self.delete_ours)

    def delete_ours(self):
        redis = self._cache.get_client(write=True)
        for key in redis.scan_iter(match=self.make_key("*"), count=1000):
            redis.delete(key)
        return True
