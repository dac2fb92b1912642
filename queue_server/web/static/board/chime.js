/* The sound before a call, made here: the notes of display_board/chime.py.
 *
 *   var chime = navbatChime(function (ready) {});   told whether a sound would be heard
 *   chime.play();  chime.wake();   wake: from a touch, which some televisions want first
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

  function chime(onReady) {
    var Context = window.AudioContext || window.webkitAudioContext;
    var context = null;

    function open() {
      if (!Context) {
        return;
      }
      context = new Context();
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
      loudness.connect(context.destination);
      tone.start(begins);
      tone.stop(start + LENGTH);
    }

    try {
      open();
    } catch (ignored) {
      context = null;
    }

    return {
      play: function () {
        if (!context || context.state !== "running") {
          return;
        }
        NOTES.forEach(function (note) {
          PARTIALS.forEach(function (partial) {
            strike(note, partial, context.currentTime);
          });
        });
      },
      wake: function () {
        if (context && context.state !== "running" && context.resume) {
          context.resume();
        }
      }
    };
  }

  chime.NOTES = NOTES;
  chime.PARTIALS = PARTIALS;
  chime.LENGTH = LENGTH;
  return chime;
}());
