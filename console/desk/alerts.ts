/** Calls an agent who looks elsewhere: a soft sound, the number in the title, and the browser's own notice where it is allowed. */
import type { Preferences } from './preferences';
import { TITLE } from './words';

export type Alerts = Readonly<{
  /** How many things wait that cannot. */
  waiting(count: number): void;
  call(title: string, text: string, press: () => void): void;
  /** Asks the browser's leave; only possible from a click. */
  ask(): Promise<void>;
  canAsk(): boolean;
}>;

export function createAlerts(preferences: Preferences): Alerts {
  let sound: AudioContext | undefined;

  /** Two short falling tones, quiet. */
  function ring(): void {
    if (preferences.muted() || typeof AudioContext === 'undefined') return;
    sound ??= new AudioContext();
    // Before the first click a browser keeps silent; that is its right.
    void sound.resume().catch(() => undefined);
    for (const [n, pitch] of [880, 660].entries()) {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const from = sound.currentTime + n * 0.18;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.08, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
      tone.connect(volume).connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.32);
    }
  }

  const known = typeof Notification !== 'undefined';
  return {
    waiting(count) {
      document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
    },
    call(title, text, press) {
      ring();
      if (!known || Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
      try {
        const notice = new Notification(title, { body: text, icon: '/icon.svg', tag: title });
        notice.onclick = () => {
          window.focus();
          press();
          notice.close();
        };
      } catch {
        // Some phones know the word and refuse the thing.
      }
    },
    async ask() {
      if (known) await Notification.requestPermission();
    },
    canAsk: () => known && Notification.permission === 'default',
  };
}
