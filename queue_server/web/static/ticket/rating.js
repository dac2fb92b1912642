/* The rating: one touch on a face sends it; who opens "say why" first sends with a key. */
var navbatRating = (function () {
  "use strict";

  var LONGEST_REASON = 300;
  var part = navbatTicketView.part, write = navbatTicketView.write;

  function all(selector) {
    return Array.prototype.slice.call(document.querySelectorAll(selector));
  }

  /* Return one reason out of the ready ones that were marked and the visitor's own words. */
  function reasonOf(marked, words) {
    var ready = marked.join(", "), own = words.replace(/\s+/g, " ").trim();
    var both = ready && own ? ready + ": " + own : ready + own;
    return both ? both.slice(0, LONGEST_REASON) : null;
  }

  /* Begin; send(body, done) posts a rating, done(ok) tells whether it arrived. */
  function rating(say, send) {
    var faces = all(".face"), stars = 0, open = false, busy = false;

    faces.forEach(function (face, place) {
      face.addEventListener("click", function () {
        choose(place + 1);
        if (!open) {
          submit();
        }
      });
    });
    part("rate-more").addEventListener("click", function () {
      open = !open;
      part("rate-why").hidden = !open;
      part("rate-more").setAttribute("aria-expanded", String(open));
    });
    part("demanded").addEventListener("change", function (event) {
      part("demanded-list").hidden = !event.target.checked;
    });
    part("rate-why").addEventListener("submit", function (event) {
      event.preventDefault();
      submit();
    });

    function choose(which) {
      stars = which;
      faces.forEach(function (face, place) {
        face.setAttribute("aria-pressed", String(place + 1 === which));
      });
      write(part("rate-trouble"), "");
    }

    function submit() {
      if (!stars) {
        write(part("rate-trouble"), say("ticket.rate_choose"));
        faces[0].focus();
        return;
      }
      if (!busy) {
        busy = true;
        send(body(), function (ok) {
          busy = false;
          write(part("rate-trouble"), ok ? "" : say("ticket.trouble"));
        });
      }
    }

    function body() {
      var marked = all("#rate-why [name=why]:checked").map(function (box) { return box.value; });
      var made = { stars: stars, demanded: part("demanded").checked };
      var reason = reasonOf(marked, part("own-words").value);
      if (reason) {
        made.reason = reason;
      }
      return made;
    }
  }

  rating.reasonOf = reasonOf;
  return rating;
}());
