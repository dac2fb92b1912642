/* The board's sounds: the chime, made here from the notes of display_board/chime.py, and words.
 *
 *   var chime = navbatChime(function (ready) {});   told whether a sound would be heard
 *   chime.play();    strikes it and returns when, or null where nothing would be heard
 *   chime.speak(bytes, struck, over, failed);       a sound file, as soon as the chime has faded
 *   chime.wake();    from a touch, which some televisions want first
 *
 * The page's address sets how loud: `?volume=60`, from 0 to 100.
 */
var navbatChime = (function () {
  "use strict";

  /* begin in seconds, hertz, seconds until a note has faded to a third */
  var NOTES = [[0, 659.26, 0.32], [0.34, 523.25, 0.5]];
  /* times the frequency, loudness, times the decay */
  var PARTIALS = [[1, 0.78, 1], [2, 0.16, 0.6], [3.01, 0.06, 0.35]];
  var LENGTH = 1.9;
  var VOLUME = 0.4;
  var ATTACK = 0.006;
  /* seconds after which words may begin */
  var VOICE_AFTER = 1.25;

  function chime(onReady) {
    var Context = window.AudioContext || window.webkitAudioContext;
    var context = null;
    var out = null;

    function open() {
      if (!Context) {
        return;
      }
      context = new Context();
      out = context.createGain();
      out.gain.value = volume();
      out.connect(context.destination);
      context.onstatechange = tell;
      tell();
    }

    function tell() {
      onReady(context.state === "running");
    }

    function strike(note, partial, start) {
      var tone = context.createOscillator();
      var loudness = context.createGain();
      var begins = start + note[0];
      tone.frequency.value = note[1] * partial[0];
      loudness.gain.setValueAtTime(0, begins);
      loudness.gain.linearRampToValueAtTime(partial[1] * VOLUME, begins + ATTACK);
      loudness.gain.setTargetAtTime(0, begins + ATTACK, note[2] * partial[2]);
      tone.connect(loudness);
      loudness.connect(out);
      tone.start(begins);
      tone.stop(start + LENGTH);
    }

    function play() {
      if (!context || context.state !== "running") {
        return null;
      }
      NOTES.forEach(function (note) {
        PARTIALS.forEach(function (partial) {
          strike(note, partial, context.currentTime);
        });
      });
      return context.currentTime;
    }

    function speak(bytes, struck, over, failed) {
      var promise = context.decodeAudioData(bytes, function (words) {
        var source = context.createBufferSource();
        source.buffer = words;
        source.onended = over;
        source.connect(out);
        source.start(Math.max(context.currentTime, struck + VOICE_AFTER));
      }, failed);
      if (promise) {
        /* `failed` has been told; newer browsers tell it twice */
        promise["catch"](function () {});
      }
    }

    try {
      open();
    } catch (ignored) {
      context = null;
    }

    return {
      play: play,
      speak: speak,
      LENGTH: LENGTH,
      wake: function () {
        if (context && context.state !== "running" && context.resume) {
          context.resume();
        }
      }
    };
  }

  /* Return how loud the page's address wants it, from 0 to 1. */
  function volume() {
    var found = /[?&]volume=(\d{1,3})(&|$)/.exec(window.location.search);
    return found ? Math.min(100, Number(found[1])) / 100 : 1;
  }

  chime.NOTES = NOTES;
  chime.PARTIALS = PARTIALS;
  chime.LENGTH = LENGTH;
  chime.VOICE_AFTER = VOICE_AFTER;
  return chime;
}());
