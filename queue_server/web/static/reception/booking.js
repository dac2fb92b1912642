/** Asks for the day and the time of an appointment, among those that are free. */

import { Refused } from "../api.js";
import { element, write } from "../page.js";
import { closeFromOutside } from "../questions.js";

const part = (id) => document.getElementById(id);

/** Returns the days that can be chosen: {day, label, free}; a day without a free place is shut. */
export function bookableDays({ days }, say) {
  return days
    .filter(({ open }) => open !== false)
    .map(({ day, free }) => {
      const [, month, date] = day.split("-");
      return { day, free, label: `${date}.${month}` + (free ? ` · ${free}` : ` · ${say("staff.book_none")}`) };
    });
}

/** Returns ask(service): resolves with the slot's time (RFC 3339), or null when left. */
export function booking({ data, say, get }) {
  const dialog = part("booking");
  const wall = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: data.timezone,
  });
  dialog.addEventListener("click", closeFromOutside);

  async function load(service, day) {
    write(part("booking-trouble"), "");
    try {
      const wanted = day ? `&day=${day}` : "";
      draw(await get(`/appointments/slots?service=${encodeURIComponent(service.id)}${wanted}`));
    } catch (error) {
      explain(error);
    }
  }

  function explain(error) {
    const key = error instanceof Refused ? `error.${error.code}` : "error.offline";
    const closed = error.code === "bookings_closed" ? "staff.booking_closed" : key;
    write(part("booking-trouble"), say(closed in data.texts ? closed : "error.other"));
    part("booking-day").replaceChildren();
    part("booking-times").replaceChildren();
  }

  function draw(found) {
    const days = bookableDays(found, say);
    part("booking-day").replaceChildren(
      ...days.map(({ day, label, free }) =>
        element("option", { value: day, selected: day === found.day, disabled: free === 0 }, label),
      ),
    );
    const free = found.slots.filter((slot) => slot.free > 0);
    part("booking-none").hidden = free.length > 0;
    part("booking-times").replaceChildren(...free.map(timeChoice));
    part("booking-done").disabled = true;
  }

  function timeChoice({ at }) {
    const radio = element("input", { type: "radio", name: "slot", value: at });
    const time = element("span", { class: "figures" }, wall.format(Date.parse(at)));
    return element("label", { class: "choice" }, radio, time);
  }

  return (service) =>
    new Promise((resolve) => {
      const leaving = new AbortController();
      const options = { signal: leaving.signal };
      let answer = null;
      write(part("booking-title"), `${say("staff.book")} · ${service.name}`);
      part("booking-times").replaceChildren();
      part("booking-day").addEventListener(
        "change",
        ({ target }) => load(service, target.value),
        options,
      );
      part("booking-times").addEventListener(
        "change",
        () => (part("booking-done").disabled = false),
        options,
      );
      part("booking-done").addEventListener("click", (event) => {
        event.preventDefault();
        answer = document.querySelector("[name=slot]:checked")?.value ?? null;
        if (answer) dialog.close();
      }, options);
      dialog.addEventListener("close", () => {
        leaving.abort();
        resolve(answer);
      }, options);
      dialog.showModal();
      load(service, null);
    });
}
