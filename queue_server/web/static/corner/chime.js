/** Two tones that say: look here. */

const TONES = [660, 880];
const LENGTH = 0.35;

/** Returns play(); it must first be touched once by a finger or a key, as browsers want it. */
export function chime() {
  let context = null;

  function tone(frequency, at) {
    const oscillator = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0.3 });
    volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + LENGTH);
  }

  return {
    /** Wakes the sound up; call it from a press. */
    wake() {
      context ??= new AudioContext();
      context.resume();
    },
    /** Plays the two tones. */
    play() {
      context ??= new AudioContext();
      TONES.forEach((frequency, place) => tone(frequency, context.currentTime + place * LENGTH));
    },
  };
}
