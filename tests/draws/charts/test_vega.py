import json
import subprocess
import sys
import time

import pytest

from draws.charts import vega as module
from draws.charts.vega import Vega

POINT = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}


@pytest.fixture
def vega():
    vega = Vega()
    yield vega
    vega.stop()


def test_one_process_draws_one_chart_after_the_other(vega):
    first = vega.svg(vl_spec=POINT)
    process = vega.process.pid

    assert first.startswith("<svg")
    assert (vega.svg(vl_spec=POINT), vega.process.pid) == (first, process)


def test_process_that_was_killed_begins_again(vega):
    first = vega.svg(vl_spec=POINT)
    vega.process.kill()

    assert vega.svg(vl_spec=POINT) == first


def test_process_ends_when_nothing_is_drawn(vega, monkeypatch):
    monkeypatch.setattr(module, "IDLE", 0.2)
    vega.svg(vl_spec=POINT)
    process = vega.process

    deadline = time.monotonic() + 30
    while vega.process and time.monotonic() < deadline:
        time.sleep(0.05)

    assert process.wait(30) == 0


def test_chart_that_makes_no_sense_is_refused_in_words_and_the_next_one_is_drawn(vega):
    with pytest.raises(ValueError, match="mark"):
        vega.svg(vl_spec={"data": {}})

    assert vega.svg(vl_spec=POINT).startswith("<svg")


def test_process_whose_asker_has_gone_ends_without_a_word():
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, module.__file__], **pipes, text=True) as process:
        process.stdout.close()
        process.stdin.write(json.dumps({"vl_spec": POINT}) + "\n")
        process.stdin.close()
        said = process.stderr.read()

    assert said == ""
