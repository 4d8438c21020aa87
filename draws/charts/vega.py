"""Vega in a process of its own: its JavaScript engine takes 100 MB, and most of the time nothing is drawn.

Run as a program it reads the arguments of a drawing from each line of its input and answers with a line.
"""

import json
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer

IDLE = 10  # seconds without a drawing, after which the process ends


class Vega:
    """Draws Vega-Lite charts, one at a time; the process begins with the first one, and again after a failure."""

    def __init__(self):
        self.lock, self.process, self.end = Lock(), None, None

    def svg(self, **drawing):
        """The SVG; ``ValueError`` where the process fails twice or can make nothing of the chart."""
        with self.lock:
            self.stay()
            line = json.dumps(drawing)
            answer = json.loads(self.ask(line) or self.ask(line) or '{"fault": "The process that draws has ended."}')
        if "fault" in answer:
            raise ValueError(answer["fault"])
        return answer["svg"]

    def stay(self):
        if self.end:
            self.end.cancel()
        self.end = Timer(IDLE, self.stop)
        self.end.daemon = True
        self.end.start()

    def ask(self, line):
        """The answer, empty where the process ends before it."""
        if self.process is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.process = subprocess.Popen([sys.executable, __file__], **pipes, text=True)  # noqa: S603 - ours
        with suppress(BrokenPipeError):
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            self.close()
        return answer

    def stop(self):
        with self.lock:
            if self.process:
                self.close()

    def close(self):
        """The end of its input is its own."""
        with suppress(BrokenPipeError):
            self.process.communicate()
        self.process = None


vega = Vega()


def main():
    import vl_convert

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever asked has ended, and so does this, without a word
    for line in sys.stdin:
        try:
            answer = {"svg": vl_convert.vegalite_to_svg(**json.loads(line))}
        except ValueError as fault:
            answer = {"fault": str(fault)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
