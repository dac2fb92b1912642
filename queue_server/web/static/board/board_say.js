/* What a board says besides its calls: the twin of display_board/bulletin.py and of the waits in
 * speech.py. Pure, and ES5 for old televisions.
 */
var navbatSay = (function () {
  "use strict";

  /* letters of a line on a usual screen and on an upright one or a short bar; from how many times
     as wide as high a screen is a bar, and a long one; seconds that any line stays; letters that
     are read in a second */
  var LINE = 64, LINE_UPRIGHT = 36, WIDE = 3.2, LONG_BAR = 4.5, LEAST = 5, BEGIN = 2, LETTERS = 12;
  /* minutes up to which a wait is soon, and from which it is but long */
  var SOON = 5, HOUR = 60;

  /* Return how many letters a line has on a screen of so many pixels. */
  function widthOf(across, down) {
    return down > across || (across >= WIDE * down && across < LONG_BAR * down) ?
      LINE_UPRIGHT : LINE;
  }

  /* Return [language, line] of every notice in its order; a line has `width` letters. */
  function lines(notices, languages, width) {
    var found = [];
    notices.forEach(function (notice) {
      texts(notice.texts, languages).forEach(function (text) {
        broken(text[1], width).forEach(function (line) { found.push([text[0], line]); });
      });
    });
    return found;
  }

  /* Return the [language, line] of an instant, steady seconds; empty where there is none. */
  function shown(found, now) {
    var i, left, whole = 0;
    if (!found.length) {
      return ["", ""];
    }
    found.forEach(function (line) { whole += seconds(line[1]); });
    left = now % whole;
    for (i = 0; i < found.length; i += 1) {
      left -= seconds(found[i][1]);
      if (left < 0) {
        return found[i];
      }
    }
    return found[found.length - 1];
  }

  function seconds(line) {
    return Math.max(LEAST, BEGIN + line.length / LETTERS);
  }

  /* Return a notice's texts in the board's languages, each once, or the one that it has. */
  function texts(said, languages) {
    var found = [], known = {}, byTag = {};
    said.forEach(function (text) { byTag[text[0]] = text[1]; });
    languages.forEach(function (tag) {
      if (byTag[tag] && !known.hasOwnProperty(byTag[tag])) {
        known[byTag[tag]] = true;
        found.push([tag, byTag[tag]]);
      }
    });
    return found.length ? found : said.slice(0, 1);
  }

  /* Break a text between words into as few lines as it needs, all of about one length. */
  function broken(text, width) {
    var narrower, even, found = filled(text, width);
    for (narrower = Math.ceil(text.length / Math.max(1, found.length)); narrower < width;
      narrower += 1) {
      even = filled(text, narrower);
      if (even.length === found.length) {
        return even;
      }
    }
    return found;
  }

  /* Fill line after line; a word that is longer than a line has a line of its own. */
  function filled(text, width) {
    var found = [], last;
    text.split(/\s+/).forEach(function (word) {
      last = found.length - 1;
      if (word && found.length && found[last].length + 1 + word.length <= width) {
        found[last] += " " + word;
      } else if (word) {
        found.push(word);
      }
    });
    return found;
  }

  /* Say a wait in minutes: soon, a–b min, or over an hour; nothing where no open window serves. */
  function wait(found, words) {
    if (found.low === null || found.high === null) {
      return "";
    }
    if (found.high <= SOON) {
      return words.wait_soon;
    }
    if (found.low >= HOUR) {
      return words.wait_long;
    }
    return words.wait_between.replace("{a}", found.low).replace("{b}", found.high);
  }

  return { widthOf: widthOf, lines: lines, shown: shown, wait: wait };
}());
