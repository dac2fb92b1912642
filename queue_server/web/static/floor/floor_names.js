/** How the floor names what it shows. */

import { stopwatch } from "../page.js";
import { waitsSince } from "./floor_state.js";

const MINUTE = 60000;

/** Returns the names of services, groups, categories and clerks, and times in words. */
export function floorNames(data, say) {
  const services = new Map(data.services.map((service) => [service.id, service]));
  const groups = new Map(data.groups.map((group) => [group.prefix, group.name]));
  const categories = new Map(data.categories.map((category) => [category.id, category.name]));
  const minutes = (ms) => Math.max(0, Math.floor(ms / MINUTE));
  // figure and unit stay on one line
  const inMinutes = (ms) => say("staff.minutes", { n: minutes(ms) }).replaceAll(" ", "\u00a0");

  return {
    services,
    service: (id) => services.get(id)?.name ?? id,
    planned: (id) => data.minutes[id] ?? Infinity,
    groupOf: (ticket) => services.get(ticket.service)?.group ?? ticket.number[0],
    group: (prefix) => groups.get(prefix) ?? prefix,
    category: (id) => categories.get(id) ?? id,
    language: (tag) => data.languages[tag] ?? tag,
    window: (number) => say("staff.window_number", { n: number }),
    clerk: (state, login) => state.clerks.find((clerk) => clerk.login === login)?.name ?? login,
    inMinutes,
    /** Returns a wait still to come, which nobody knows to the minute. */
    about: (n) => say("wait.about", { n }).replaceAll(" ", "\u00a0"),
    waited: (ticket, now) => inMinutes(now - waitsSince(ticket)),
    lasting: (since, now) => stopwatch(now - Date.parse(since)),
    /** Returns the letters of the groups that are taken wholly, and the services of the others. */
    takes(takes, level) {
      const taken = Object.keys(takes).filter((id) => takes[id].level === level);
      const whole = data.groups
        .map(({ prefix }) => prefix)
        .filter((prefix) => {
          const members = data.services.filter(({ group }) => group === prefix);
          return members.length > 0 && members.every(({ id }) => taken.includes(id));
        });
      return [...whole, ...taken.filter((id) => !whole.includes(services.get(id)?.group))];
    },
    /** Returns what was given as a key of closing.*, or as own words. */
    reason: (text) => (`closing.${text}` in data.texts ? say(`closing.${text}`) : text),
  };
}
