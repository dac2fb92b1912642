/** What the supervisor does to the whole hall: issuing, standstill, the day's end. */

import { askChoice } from "./floor_questions.js";

/** Why a hall stands still: keys of closing.*, so that boards and kiosks say it in every language. */
const STANDSTILL = ["emergency", "system_down", "technical"];

/** Returns the keys of the hall's menu: name → what it does. */
export function hallMoves({ data, say, names, ask, post, run, known }) {
  const closings = (keys) => keys.map((key) => [key, say(`closing.${key}`)]);

  async function closeIssuing() {
    const verb = say("floor.close_issuing");
    const what = await ask.whichService(verb);
    if (!what) return;
    const name = what.kind === "group" ? names.group(what.value) : names.service(what.value);
    const title = `${verb} · ${what.value}`;
    const why = await askChoice({ title, text: `${name}. ${say("floor.close_issuing_hint")}`, verb, choices: closings(data.closings) });
    if (why) await run("close_issuing", () => post("/issuing/close", { [what.kind]: what.value, reason: why.value }));
  }

  async function openIssuing() {
    const verb = say("floor.open_issuing");
    const closed = openable(known().closures);
    if (closed.length === 0) return askChoice({ title: verb, text: say("floor.nothing_closed"), verb: say("staff.confirm") });
    const answer = await askChoice({ title: verb, verb, choices: closed.map(([kind, id, name]) => [`${kind} ${id}`, name]) });
    if (!answer) return;
    const [kind, id] = answer.value.split(" ");
    await run("open_issuing", () => post("/issuing/open", { [kind]: id }));
  }

  /** Returns [kind, id, text] of what is closed: a whole group by its letter. */
  function openable(closures) {
    const levels = Object.fromEntries(closures.map(({ service }) => [service, { level: 1 }]));
    const why = Object.fromEntries(closures.map(({ service, reason }) => [service, reason]));
    return names.takes(levels, 1).map((id) => {
      const group = data.groups.some(({ prefix }) => prefix === id);
      const first = group ? data.services.find((service) => service.group === id).id : id;
      const name = group ? names.group(id) : names.service(id);
      return [group ? "group" : "service", id, `${id} · ${name} — ${names.reason(why[first])}`];
    });
  }

  async function suspend() {
    const answer = await askChoice({
      title: say("floor.suspend"),
      text: say("floor.suspend_hint"),
      verb: say("floor.suspend"),
      choices: closings(STANDSTILL),
      tick: say("floor.keep_queue"),
      grave: true,
    });
    if (answer) await run("suspend", () => post("/hall/suspend", { reason: answer.value, keep: answer.ticked }));
  }

  async function resume() {
    const verb = say("floor.resume");
    const answer = await askChoice({ title: verb, text: say("floor.resume_hint"), verb });
    if (answer) await run("resume_hall", () => post("/hall/resume"));
  }

  async function closeDay() {
    const { waiting, parked, windows } = known();
    const open = windows.filter(({ state }) => state !== "closed").length;
    const verb = say("floor.close_day");
    const text = say("floor.close_day_hint", { waiting: waiting.length + parked.length, windows: open });
    const answer = await askChoice({ title: verb, text, verb, grave: true });
    if (answer) await run("close_day", () => post("/day/close", {}));
  }

  return { close_issuing: closeIssuing, open_issuing: openIssuing, suspend, resume, close_day: closeDay };
}
