/* What the page of appointments knows: pure, each function returns a value. ES5, as in ../ticket. */
var navbatBook = (function () {
  "use strict";

  /* Cyrillic letters as Latin ones, so that any script finds any name */
  var LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "q", "ғ": "g",
    "ҳ": "h"
  };
  /* spellings that people mix up */
  var ALIKE = [[/h/g, "x"], [/q/g, "k"], [/w/g, "v"], [/ı/g, "i"]];
  var NOON = 12;

  /* Return a text as all its spellings are compared. */
  function fold(text) {
    var plain = text.toLowerCase().replace(/[а-яёўқғҳ]/g, function (letter) {
      return LETTERS[letter] === undefined ? letter : LETTERS[letter];
    });
    if (plain.normalize) {
      plain = plain.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    }
    plain = plain.replace(/[ʻʼ‘’'`"]/g, "");
    return ALIKE.reduce(function (made, pair) { return made.replace(pair[0], pair[1]); }, plain);
  }

  /* Return the ids of the services in whose words every word that is sought begins one. */
  function find(services, sought) {
    var wanted = fold(sought).split(/[\s\-–,.]+/).filter(Boolean);
    if (!wanted.length) {
      return null;
    }
    return Object.keys(services).filter(function (id) {
      var words = fold([id].concat(services[id].words).join(" ")).split(/[\s\-–,.()]+/);
      return wanted.every(function (part) {
        return words.some(function (word) { return word.indexOf(part) === 0; });
      });
    });
  }

  /* Return the parts of a day, YYYY-MM-DD: {year, month, day, weekday}; months and Mondays from 0. */
  function dayParts(day) {
    var parts = day.split("-").map(Number);
    var date = new Date(Date.UTC(parts[0], parts[1] - 1, parts[2]));
    return { year: parts[0], month: parts[1] - 1, day: parts[2], weekday: (date.getUTCDay() + 6) % 7 };
  }

  /* Return those slots that are free, in two parts: before noon and after. `clock(at)` is "09:15". */
  function halves(slots, clock) {
    var free = slots.filter(function (slot) { return slot.free > 0; });
    function early(slot) { return Number(clock(slot.at).slice(0, 2)) < NOON; }
    return {
      morning: free.filter(early),
      afternoon: free.filter(function (slot) { return !early(slot); })
    };
  }

  /* Return the text's key and the step to go back to after a refusal. */
  function refusal(status, code, field) {
    if (status === 0 || status >= 500) {
      return { text: "booking.trouble", step: "contact" };
    }
    if (code === "slot_taken") {
      return { text: "booking.taken", step: "time" };
    }
    if (code === "no_such_slot" || field === "at") {
      return { text: "booking.too_late_now", step: "time" };
    }
    if (code === "too_many_bookings") {
      return { text: "booking.too_many", step: "contact" };
    }
    if (field === "contact") {
      return { text: "booking.bad_contact", step: "contact" };
    }
    if (code === "bookings_closed" || field === "service") {
      return { text: "booking.bookings_closed", step: "service" };
    }
    return { text: code === "try_later" ? "booking.try_later" : "booking.trouble", step: "contact" };
  }

  return { dayParts: dayParts, find: find, fold: fold, halves: halves, refusal: refusal };
}());
