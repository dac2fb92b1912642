/**
 * What staff must know within seconds: devices in trouble and visitors who call for help.
 *
 * The topic `alerts` says that something has changed; what is the case is read then, and now and
 * again, so a lost event is put right.
 */

const EVERY = 15000;
const READS = ["/devices", "/help"];

/** The states of a device that somebody should look at. */
const BAD = new Set(["trouble", "silent", "warning"]);

/**
 * Watches; onChange({devices, calls}) tells what is the case, onState(connected) how sure that is.
 * `reads` are the calls that this page's person has a right to.
 */
export function watchAlarms({ get, onChange, onState = () => {}, onEvent = () => {}, reads = READS }) {
  let reading = false;
  let again = false;

  async function look() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const found = await Promise.all(reads.map(get));
      onChange(Object.assign({ devices: [], calls: [] }, ...found));
      onState(true);
    } catch {
      onState(false);
    }
    reading = false;
    if (again) {
      again = false;
      await look();
    }
  }

  window.navbatFeed?.({
    topic: "alerts",
    onSnapshot: look,
    onEvent: (event) => {
      onEvent(event);
      look();
    },
    onState: () => {},
  });
  setInterval(() => document.hidden || look(), EVERY);
  look();
  return look;
}

/** Returns what stands in the strip, calls for help first: {id, kind, device, text, at, call}. */
export function alarmRows({ devices, calls }) {
  const helps = calls
    .filter((call) => !call.answered_at)
    .map((call) => ({
      id: `help ${call.id}`,
      kind: "help",
      device: call.device,
      text: `devices.help_${call.reason}`,
      at: call.called_at,
      call: call.id,
    }));
  const troubles = devices
    .filter(({ state }) => BAD.has(state))
    .flatMap((device) => (device.state === "silent" ? ["silent"] : device.alerts).map((alert) => ({
      id: `${device.name} ${alert}`,
      kind: device.state === "warning" ? "warn" : "bad",
      device: device.name,
      text: `devices.alert_${alert}`,
      at: null,
      call: null,
    })));
  return [...helps, ...troubles];
}

/**
 * Returns the news after an event of the topic: what no list holds, or what this page's person may
 * only hear of. News stay until somebody puts them away or the cause is gone.
 */
export function heard(news, { type, subject, detail, at }) {
  const without = (id) => news.filter((row) => row.id !== id);
  const row = (kind, id, text) => ({ id, kind, device: subject, text, at, call: null, news: true });
  const alert = `news ${subject} ${detail}`;
  const sign = `sign ${subject}`;
  if (type === "device_alerted") return [...without(alert), row("bad", alert, `devices.alert_${detail}`)];
  if (type === "device_recovered") return without(alert);
  if (type === "sign_language_wanted") {
    return [row("help", sign, "devices.help_sign_language"), ...without(sign)];
  }
  return news;
}
