/** Two short, quiet tones; made here, so that nothing is fetched. */
let context: AudioContext | null = null;

export function playSound(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const [at, frequency] of [[0, 660], [0.09, 880]] as const) {
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.value = frequency;
    level.gain.setValueAtTime(0.06, currentTime + at);
    level.gain.exponentialRampToValueAtTime(0.0001, currentTime + at + 0.18);
    tone.connect(level).connect(destination);
    tone.start(currentTime + at);
    tone.stop(currentTime + at + 0.2);
  }
}
