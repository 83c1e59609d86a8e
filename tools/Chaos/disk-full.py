#!/usr/bin/env python3
"""Lets a center's disk run full and gives it room again. By hand and as root, because it mounts a small file system:

    tools/Chaos/disk-full.py SERVER_DLL        such as src/CommandCenter/bin/Release/net10.0/CommandCenter.dll

Says what phones were answered meanwhile, how long the center took to come back by itself, and whether every answered fix is stored."""
import collections, json, os, shutil, subprocess, sys, tempfile, time, urllib.error, urllib.request

MEGABYTES = 200
PORT = 18391
base = f"http://127.0.0.1:{PORT}"


def ask(path):
    try:
        with urllib.request.urlopen(base + path, timeout=6) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers
    except OSError as error:
        return type(error).__name__, {}


class Phone:
    def __init__(self, secret):
        self.secret, self.last, self.answered = secret, 0, []

    def report(self):
        self.last = max(int(time.time() * 1000), self.last + 1)
        status, headers = ask(f"/osmand?id={self.secret}&timestamp={self.last}&lat=37.86&lon=112.57&accuracy=8")
        if status == 200:
            self.answered.append(self.last)
        return status, headers


def wait(what, condition, seconds=180):
    start = time.monotonic()
    while not condition():
        if time.monotonic() - start > seconds:
            sys.exit(f"BAD: {what} did not come within {seconds} s")
        time.sleep(0.1)
    return time.monotonic() - start


def stored(data):
    services = json.load(open(f"{data}/services.json"))
    environment = {**os.environ, "PGPASSWORD": open(f"{data}/secrets/postgres-password").read().strip()}
    text = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(services["postgres"]["port"]), "-U", "commandcenter", "-d", "commandcenter", "-Atc",
                           "select coalesce(sum(fixes), 0) from track_parts"], env=environment, capture_output=True, text=True).stdout.strip()
    return int(text) if text else -1


place = tempfile.mkdtemp(prefix="commandcenter-full-")
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=700", "tmpfs", place], check=True)
data = f"{place}/data"
log = open("/tmp/commandcenter-full.log", "w")
server = subprocess.Popen(["dotnet", sys.argv[1], "--data", data, "--port", str(PORT), "--demo", "--Demo:Size=small", "--TrackWriter:FlushSeconds=1"], stdout=log, stderr=log)
try:
    wait("ready", lambda: ask("/healthz/ready")[0] == 200)
    phone = Phone(json.load(open(f"{data}/demo.json"))["devices"][0]["osmandId"])
    for _ in range(20):
        phone.report()
    print(f"{len(phone.answered)} fixes answered with room on the disk")
    try:
        with open(f"{place}/fill", "wb") as fill:
            while True:
                fill.write(b"\0" * 65536)
                fill.flush()
    except OSError:
        print("the disk is full")
    # Writers append a little at a time: the last bytes of the disk go to whoever comes first.
    seen, end, retry = collections.Counter(), time.monotonic() + 20, None
    while time.monotonic() < end:
        status, headers = phone.report()
        seen[status] += 1
        retry = headers.get("Retry-After") or retry
        time.sleep(0.05)
    print(f"answers while it was full: {dict(seen)}, Retry-After {retry}; ready says {ask('/healthz/ready')[0]}")
    os.remove(f"{place}/fill")
    print(f"room again: first answer after {wait('an answer', lambda: phone.report()[0] == 200):.1f} s, ready after {wait('ready', lambda: ask('/healthz/ready')[0] == 200):.1f} s more")
    wait("every answered fix in PostgreSQL", lambda: stored(data) >= len(phone.answered), 90)
    print(f"GOOD: {len(phone.answered)} answered, {stored(data)} stored")
finally:
    server.terminate()
    server.wait()
    log.close()
    subprocess.run(["umount", "-l", place])
    shutil.rmtree(place, ignore_errors=True)
