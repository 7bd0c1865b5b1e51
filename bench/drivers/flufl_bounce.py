"""flufl.bounce. What a driver does: node.mjs."""
import json
import re
import sys
import time
from email import message_from_bytes
from pathlib import Path

from flufl.bounce import all_failures

listed, warm, seconds = sys.argv[1:]
messages = [Path(path).read_bytes() for path in Path(listed).read_text().splitlines()]
failures = 0


def read_all(look):
    global failures
    for message in messages:
        try:
            look(all_failures(message_from_bytes(message)))
        except Exception:
            failures += 1


def read_for(limit):
    start = time.process_time()
    passes, elapsed = 0, 0
    while elapsed < limit:
        read_all(lambda result: None)
        passes += 1
        elapsed = time.process_time() - start
    return {'messages': passes * len(messages), 'seconds': elapsed}


named = []
read_all(lambda result: named.append(bool(result[1])))
first = {'failures': failures, 'named': sum(named)}
read_for(float(warm))
measured = read_for(float(seconds))
peak = int(re.search(r'^VmHWM:\s+(\d+) kB', Path('/proc/self/status').read_text(), re.M)[1]) * 1024
print(json.dumps({**measured, 'rssBytes': peak, **first}))
