/** Two short, quiet tones; made here, so that nothing is fetched. Of several tabs one is heard. */
let context: AudioContext | null = null;
let isOurs = false;

/** The first tab that somebody used, as long as it is open: browsers let no other one sound. */
export function offerSound(): void {
  const used = new AbortController();
  const take = (): void => {
    used.abort();
    void navigator.locks.request("sound", () => {
      isOurs = true;
      return new Promise(() => undefined);
    });
  };
  for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, take, { signal: used.signal });
}

export function playSound(): void {
  if (!isOurs) return;
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
