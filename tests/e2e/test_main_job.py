"""The main job through the real server: ticket, slip, call, board, service."""

import io

import socketio
import zxingcpp
from PIL import Image

from tests.e2e.demo_hall import DemoHall, await_true


def test_a_ticket_goes_from_the_kiosk_to_finished(hall: DemoHall) -> None:
    """A ticket is issued, called, recalled, started and finished; wrong moves are refused."""
    kiosk, clerk = hall.device("kiosk"), hall.person("clerk2")
    assert kiosk.post("/tickets", {"service": "R01", "language": "uz"}).status_code == 201
    clerk.post("/windows/2/open")
    called = clerk.post("/windows/2/next").json()
    path = f"/tickets/{called['id']}"
    assert called["state"] == "called"
    assert clerk.post(f"{path}/recall").json()["recalls"] == 1
    assert clerk.post(f"{path}/start").json()["state"] == "serving"
    refused = clerk.post(f"{path}/recall")
    assert (refused.status_code, refused.json()["code"]) == (409, "transition_not_allowed")
    assert clerk.post(f"{path}/finish").json()["state"] == "finished"


def test_a_board_gets_each_call_in_order(hall: DemoHall) -> None:
    """A Socket.IO client on hall.1 hears every call, once and in order."""
    kiosk, clerk = hall.device("kiosk"), hall.person("clerk12")
    heard: list[dict[str, object]] = []
    client = socketio.Client()
    client.on("event", heard.append)
    client.connect(hall.url, auth={"token": hall.token("board")}, transports=["websocket"])
    joined = client.call("subscribe", {"topic": "hall.1"})
    assert joined["ok"]
    clerk.post("/windows/12/open")
    for _ in range(5):
        kiosk.post("/tickets", {"service": "U01"})
    called = [clerk.post("/windows/12/next").json()["number"] for _ in range(5)]

    def calls() -> list[object]:
        return [e["number"] for e in heard if e["type"] == "ticket_called" and e["window"] == 12]

    await_true(lambda: len(calls()) >= 5)
    client.disconnect()
    assert calls() == called
    seqs = [int(str(event["seq"])) for event in heard]
    assert seqs == sorted(set(seqs))


def test_the_slip_leads_to_the_ticket_page(hall: DemoHall) -> None:
    """Each ticket gets a PNG whose QR code opens a page that shows its number."""
    kiosk = hall.device("kiosk")
    number = kiosk.post("/tickets", {"service": "L01", "language": "ru"}).json()["number"]
    slips = hall.data / "slips"
    await_true(lambda: any(number in path.name for path in slips.glob("*.png")))
    picture = next(path for path in slips.glob("*.png") if number in path.name)
    code = zxingcpp.read_barcode(Image.open(io.BytesIO(picture.read_bytes())))
    assert code is not None
    page = kiosk._session.get(code.text, timeout=5)
    assert page.status_code == 200
    assert number in page.text


def test_devices_and_strangers_may_not_call(hall: DemoHall) -> None:
    """A kiosk is refused at a window, a stranger everywhere."""
    kiosk = hall.device("kiosk")
    assert kiosk.post("/windows/1/next").status_code == 403
    kiosk._session.headers.pop("Authorization")
    assert kiosk.post("/tickets", {"service": "A01"}).status_code == 401
