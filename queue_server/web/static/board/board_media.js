/* Pictures and videos beside the calls, in turn; videos are always muted.
 *
 *   var media = navbatMedia(place, { hall: 1, token: "…", seconds: 12 }, onChange);
 *   media.any();   whether there is something to show; onChange is told when that changes
 *
 * A file that cannot be shown is passed over, and the board goes on. ES5 for old televisions.
 */
var navbatMedia = (function () {
  "use strict";

  /* milliseconds between two looks at the folder, for an answer, and that a video lasts at most */
  var LOOK = 600000, ANSWER = 8000, LONGEST = 300000;
  var VIDEO = /\.(mp4|webm)$/i;

  return function (place, facts, onChange) {
    var names = [], broken = {}, shown = -1, timer = null, running = false;
    var picture = document.createElement("img");
    var video = document.createElement("video");

    function look() {
      var request = new XMLHttpRequest();
      request.open("GET", "/board/" + facts.hall + "/media");
      request.timeout = ANSWER;
      if (facts.token) {
        request.setRequestHeader("Authorization", "Bearer " + facts.token);
      }
      request.onloadend = function () { found(request); };
      request.send();
    }

    function found(request) {
      var told;
      if (request.status !== 200) {
        return;
      }
      try {
        told = JSON.parse(request.responseText).media || [];
      } catch (ignored) {
        return;
      }
      if (JSON.stringify(told) !== JSON.stringify(names)) {
        names = told;
        broken = {};
        onChange();
        if (!running) {
          next();
        }
      }
    }

    function playable() {
      return names.filter(function (name) { return !broken.hasOwnProperty(name); });
    }

    function next() {
      var list = playable(), name;
      clearTimeout(timer);
      running = list.length > 0;
      video.removeAttribute("src");
      if (!running) {
        picture.hidden = true;
        video.hidden = true;
        onChange();
        return;
      }
      shown = (shown + 1) % list.length;
      name = list[shown];
      if (VIDEO.test(name)) {
        video.src = address(name);
        video.load();
        play();
        timer = setTimeout(next, LONGEST);
      } else {
        picture.src = address(name);
        timer = setTimeout(next, facts.seconds * 1000);
      }
    }

    function address(name) {
      var token = facts.token ? "?token=" + encodeURIComponent(facts.token) : "";
      return "/board/" + facts.hall + "/media/" + encodeURIComponent(name) + token;
    }

    function play() {
      var playing;
      video.muted = true;
      playing = video.play();
      if (playing && playing["catch"]) {
        playing["catch"](function () { return; });
      }
    }

    function reveal(element, other) {
      return function () {
        element.hidden = false;
        other.hidden = true;
      };
    }

    function passOver() {
      var list = playable();
      if (running && list.length) {
        broken[list[shown % list.length]] = true;
        shown -= 1;
        onChange();
        next();
      }
    }

    picture.alt = "";
    picture.hidden = true;
    picture.onload = reveal(picture, video);
    picture.onerror = passOver;
    video.hidden = true;
    video.muted = true;
    video.setAttribute("muted", "");
    video.setAttribute("playsinline", "");
    video.setAttribute("tabindex", "-1");
    video.onloadeddata = reveal(video, picture);
    video.onended = next;
    video.onerror = function () {
      if (video.getAttribute("src")) {
        passOver();
      }
    };
    place.appendChild(picture);
    place.appendChild(video);
    look();
    setInterval(look, LOOK);

    return { any: function () { return playable().length > 0; } };
  };
}());
