/* The page of appointments: a service, a day, a time, and perhaps where to remind.
 *
 * What was chosen stays when a time is taken meanwhile: only another time is asked for.
 */
(function () {
  "use strict";

  var CREATED = 201, OK = 200;

  var data = JSON.parse(document.getElementById("starting-data").textContent);
  var part = navbatBookView.part, write = navbatBookView.write;
  var wish = { service: null, day: null, at: null };
  var shown = { days: [], slots: [] };
  /* answers to an older question are not shown */
  var asked = 0, busy = false;
  var clockFormat = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: data.timezone
  });
  var draw = navbatBookView(data, say, clock, {
    service: chooseService, day: chooseDay, time: chooseTime
  });

  function say(name, values) {
    return (data.texts[name] || name).replace(/\{(\w+)\}/g, function (_, slot) {
      return String(values && values[slot] !== undefined ? values[slot] : "");
    });
  }

  function clock(at) {
    return clockFormat.format(new Date(at));
  }

  function show() {
    draw.service(wish.service);
    part("step-day").hidden = !shown.days.length;
    draw.days(shown.days, wish.day);
    part("step-time").hidden = !wish.day || !shown.days.length;
    draw.times(shown.slots, wish.at);
    write(part("time-day"), wish.day ? draw.dayWords(wish.day) : "");
    part("step-contact").hidden = !wish.at;
    write(part("summary"), wish.at ? summary() : "");
    part("confirm").disabled = busy;
  }

  function summary() {
    var time = say("booking.summary", { day: draw.dayWords(wish.day), time: clock(wish.at) });
    return data.services[wish.service].name + " — " + time;
  }

  /* The title of the step that comes next is read aloud and stands in sight. */
  function goTo(step) {
    var title = part("title-" + step);
    title.focus();
    if (title.scrollIntoView) {
      title.scrollIntoView(true);
    }
  }

  function silence() {
    write(part("taken"), "");
    write(part("trouble"), "");
    part("contact").removeAttribute("aria-invalid");
  }

  function chooseService(id) {
    wish = { service: id, day: null, at: null };
    shown = { days: [], slots: [] };
    silence();
    show();
    look(null, function () { goTo("day"); });
  }

  function chooseDay(day) {
    wish.day = day;
    wish.at = null;
    /* the times of another day are not to be taken for this one's */
    shown.slots = null;
    silence();
    show();
    look(day, function () { goTo("time"); });
  }

  function chooseTime(at) {
    wish.at = at;
    silence();
    show();
    goTo("contact");
  }

  function leaveService() {
    asked += 1;
    wish = { service: null, day: null, at: null };
    shown = { days: [], slots: [] };
    silence();
    show();
    part("search").focus();
  }

  /* Ask for the free times of a day, or with null of the first day that has one. */
  function look(day, done) {
    var mine = asked += 1;
    var path = "/appointments/slots?service=" + encodeURIComponent(wish.service);
    write(part("told"), say("booking.loading"));
    navbatWire.get(day ? path + "&day=" + day : path, function (status, body) {
      if (mine !== asked) {
        return;
      }
      write(part("told"), "");
      if (status === OK) {
        take(body, day);
        done();
      } else {
        refused(status, body);
      }
    });
  }

  function take(body, day) {
    shown = { days: body.days, slots: body.slots };
    wish.day = day || (body.slots.some(function (slot) { return slot.free; }) ? body.day : null);
    show();
  }

  function book() {
    var made = { service: wish.service, at: wish.at, language: data.language };
    var contact = part("contact").value.trim();
    if (busy || !wish.at) {
      return;
    }
    if (contact) {
      made.contact = contact;
    }
    busy = true;
    silence();
    show();
    navbatWire.post("/appointments", made, function (status, body) {
      busy = false;
      if (status === CREATED) {
        window.location.assign("/book/" + encodeURIComponent(body.id)
          + "?key=" + encodeURIComponent(body.key) + "&lang=" + data.language);
      } else {
        refused(status, body);
      }
    });
  }

  function refused(status, body) {
    var why = navbatBook.refusal(status, body.code, body.field);
    show();
    if (why.step === "time") {
      wish.at = null;
      look(wish.day, function () {
        write(part("taken"), say(why.text));
        goTo("time");
      });
      return;
    }
    if (why.step === "service") {
      leaveService();
      write(part("nothing"), say(why.text));
      part("nothing").hidden = false;
      return;
    }
    if (part("step-contact").hidden) {
      write(part("told"), say(why.text));
      part("told").className = "visit__trouble";
      return;
    }
    write(part("trouble"), say(why.text));
    if (body.field === "contact") {
      part("contact").setAttribute("aria-invalid", "true");
      part("contact").focus();
    }
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-service]"), function (key) {
    key.addEventListener("click", function () { chooseService(key.getAttribute("data-service")); });
  });
  part("search").addEventListener("input", function () {
    var found = navbatBook.find(data.services, part("search").value);
    write(part("nothing"), say("booking.nothing"));
    draw.services(found);
    write(part("told"), found ? say("booking.found", { n: found.length }) : "");
  });
  part("change").addEventListener("click", leaveService);
  part("step-contact").addEventListener("submit", function (event) {
    event.preventDefault();
    book();
  });

  draw.services(null);
  show();
}());
