"""Verify a center's log without any program of Navbat; docs/ledger.md says what is checked.

python3 verify_ledger.py LOG [CHECKPOINT …]              LOG: navbat-server ledger export LOG
NAVBAT_TOKEN=… python3 verify_ledger.py https://center [CHECKPOINT …]
"""

# ruff: noqa: ANN001, ANN201, BLE001, C901, D103, E401, E501, I001, PLC0415, PLR0911, PLR0912, PLR2004, PTH123, SIM115
# fmt: off
import base64, hashlib, json, os, sys, urllib.request

FORM = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}


def from_server(base, seq=0):  # lines as an export has them, from GET /api/v1/events
    while True:
        ask = urllib.request.Request(f"{base}/api/v1/events?after={seq}")
        ask.add_header("Authorization", "Bearer " + os.environ["NAVBAT_TOKEN"])
        events = json.load(urllib.request.urlopen(ask))["events"]
        for body in (json.dumps(event, **FORM).encode() for event in events):
            yield hashlib.sha256(body).hexdigest().encode() + b" " + body
        if not events:
            return
        seq = events[-1]["seq"]


def place(text):  # (seq, beginning of the hash) of a checkpoint, a whole line or the short form
    words = text.split()
    return (int(words[3]), words[5]) if len(words) == 7 else (int(text.split("-")[0]), text.split("-")[1].strip())


def signed(line, key):  # looked at where Python has the package cryptography
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return True
    raw, signature = (base64.urlsafe_b64decode(each + "==") for each in (key, line.split()[-1]))
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, line.rpartition(" ")[0].encode())
    except Exception:
        return False
    return True


def fault(lines, kept=()):
    """Return (seq, what is wrong) of the first event that does not hold, or (None, how many)."""
    seq, prev, sure, head, bad, places = 0, "0" * 64, 0, None, [], {}
    for at, digits in map(place, kept):
        places.setdefault(at, []).append(digits)
    for line in (each.rstrip(b"\n") for each in lines):
        words = line.decode("utf-8", "replace").lstrip("#").split()
        if line.startswith(b"#navbat-ledger"):
            key, bad = words[3], [each for each in kept if " " in each and not signed(each, words[3])]
        elif line.startswith(b"#head"):
            head = int(words[1]), words[2]
        elif line.startswith(b"#navbat-checkpoint"):
            places.setdefault(int(words[3]), []).append(words[5])
            bad += [] if signed(" ".join(words), key) else [" ".join(words)]
        if line.startswith(b"#"):
            if bad:
                return place(bad[0])[0], "the checkpoint is not signed with the key of this center"
            continue
        digest, _, body = line.partition(b" ")
        try:
            event = dict(json.loads(body))
        except ValueError:
            event = {}
        if event.get("seq", seq + 1) > seq + 1:
            return seq + 1, "the event is missing"
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return seq + 1, "the event does not match its hash"
        if (event.get("seq"), event.get("prev")) != (seq + 1, prev):
            return seq + 1, "the event is not chained to the one before"
        seq, prev = seq + 1, digest.decode()
        if not all(prev.startswith(digits) for digits in places.get(seq, ())):
            return sure + 1, f"the log was written anew: the checkpoint at {seq} has another hash"
        sure = seq if seq in places else sure
    if head and head[0] != seq:
        return min(seq, head[0]) + 1, f"the log ends at {seq}, its head says {head[0]}"
    if head and head[1] != prev:
        return seq, "the head has another event at the end"
    last = max(places, default=0)
    return (None, seq) if last <= seq else (seq + 1, f"the log ends at {seq}, a checkpoint says {last}")


if __name__ == "__main__":
    where, *given = sys.argv[1:]
    seq, said = fault(from_server(where) if "://" in where else open(where, "rb"), given)
    sys.exit(f"seq {seq}: {said}" if seq else print(f"All {said} events hold."))
