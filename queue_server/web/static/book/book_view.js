/* Draws the page of appointments; what a key does is told to `chosen`. */
var navbatBookView = (function () {
  "use strict";

  function part(id) {
    return document.getElementById(id);
  }

  function write(target, text) {
    if (target.textContent !== text) {
      target.textContent = text;
    }
  }

  function made(tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    element.textContent = text || "";
    return element;
  }

  function empty(list) {
    while (list.firstChild) {
      list.removeChild(list.firstChild);
    }
  }

  function item(child) {
    var row = document.createElement("li");
    row.appendChild(child);
    return row;
  }

  function keyOf(name, pressed, chosen) {
    var key = made("button", name);
    key.type = "button";
    if (pressed !== null) {
      key.setAttribute("aria-pressed", String(pressed));
    }
    key.addEventListener("click", chosen);
    return key;
  }

  /* Return what draws a page with these words; chosen: {service(id), day(day), time(at)}. */
  function view(data, say, clock, chosen) {
    var weekdays = say("booking.weekdays").split("|");
    var months = say("booking.months_short").split("|");

    function services(ids) {
      var list = part("found");
      empty(list);
      (ids || []).forEach(function (id) {
        var key = keyOf("service", null, function () { chosen.service(id); });
        write(key, data.services[id].name);
        list.appendChild(item(key));
      });
      list.hidden = !ids || !ids.length;
      part("groups").hidden = ids !== null;
      part("nothing").hidden = !ids || ids.length > 0;
    }

    function service(id) {
      var told = id ? data.services[id] : null, papers = part("chosen-papers");
      part("finder").hidden = Boolean(told);
      part("chosen").hidden = !told;
      if (!told) {
        return;
      }
      write(part("chosen-name"), told.name);
      write(part("chosen-minutes"), say("booking.minutes", { n: Math.round(told.minutes) }));
      empty(papers);
      told.papers.forEach(function (paper) { papers.appendChild(made("li", "", paper)); });
      part("chosen-bring").hidden = !told.papers.length;
      write(part("chosen-fee"), told.fee ? say("booking.fee") + ": " + told.fee : "");
      write(part("chosen-hint"), told.hint);
    }

    /* Where everything is taken or closed, one sentence stands in place of the days. */
    function days(found, shown) {
      var list = part("days"), any = found.some(function (day) { return day.free > 0; });
      empty(list);
      part("no-days").hidden = any;
      list.hidden = !any;
      found.forEach(function (day) {
        var key = keyOf("day", day.free ? day.day === shown : null, function () {
          chosen.day(day.day);
        });
        var parts = navbatBook.dayParts(day.day);
        key.appendChild(made("span", "day__week", weekdays[parts.weekday]));
        key.appendChild(made("span", "day__date", parts.day + " " + months[parts.month]));
        key.appendChild(made("span", day.free ? "day__rest day__rest--free" : "day__rest", rest(day)));
        key.disabled = !day.free;
        list.appendChild(item(key));
      });
    }

    function rest(day) {
      if (day.free) {
        return say("booking.free", { n: day.free });
      }
      return day.holiday[data.language] || say(day.open ? "booking.full" : "booking.closed");
    }

    /* Slots that are null are being asked for. */
    function times(slots, shown) {
      var halves = navbatBook.halves(slots || [], clock), home = part("times");
      empty(home);
      ["morning", "afternoon"].forEach(function (name) {
        if (halves[name].length) {
          home.appendChild(made("h3", "times__part", say("booking." + name)));
          home.appendChild(timesOf(halves[name], shown));
        }
      });
      if (slots && !home.firstChild) {
        home.appendChild(made("p", "visit__card", say("booking.no_times")));
      }
    }

    function timesOf(slots, shown) {
      var list = made("ul", "times");
      slots.forEach(function (slot) {
        var key = keyOf("time", slot.at === shown, function () { chosen.time(slot.at); });
        key.setAttribute("data-at", slot.at);
        key.appendChild(made("span", "time__clock", clock(slot.at)));
        key.appendChild(made("span", "time__rest", slot.free === 1 ? say("booking.last_place")
          : say("booking.places", { n: slot.free })));
        list.appendChild(item(key));
      });
      return list;
    }

    /* Return a day in words: "Monday, 23 November". */
    function dayWords(day) {
      var parts = navbatBook.dayParts(day);
      return say("booking.day_long", {
        weekday: say("booking.weekdays_long").split("|")[parts.weekday],
        day: parts.day,
        month: say("booking.months").split("|")[parts.month]
      });
    }

    return { days: days, dayWords: dayWords, service: service, services: services, times: times };
  }

  view.part = part;
  view.write = write;
  return view;
}());
