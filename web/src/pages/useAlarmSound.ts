import { onMounted, onUnmounted, ref } from "vue";
import { AlarmSound, type SoundState } from "../state/alarmSound";

const MUTED = "alarmsMuted";

const state = ref<SoundState>("off");
const muted = ref(false);

/** One for the page: what a click at sign-in allowed holds for the wall that opens after it. */
const sound = new AlarmSound({
  makeContext: () => (typeof AudioContext === "undefined" ? null : new AudioContext()),
  every(run, ms) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  changed() {
    state.value = sound.state;
    muted.value = sound.muted;
  },
});

/** To be called from within the click that signs in. */
export function wakeAlarmSound(): void {
  mute(false); // A new session hears its alarms.
  sound.wake();
}

function mute(on: boolean): void {
  sound.mute(on);
  try {
    if (on) sessionStorage.setItem(MUTED, "1");
    else sessionStorage.removeItem(MUTED);
  } catch {
    // Storage may be switched off: muting then ends with the page.
  }
}

function wasMuted(): boolean {
  try {
    return sessionStorage.getItem(MUTED) === "1";
  } catch {
    return false;
  }
}

/** The sound of a wall as long as it is shown. @param mutable false on a kiosk, which nobody could unmute */
export function useAlarmSound(mutable: boolean) {
  const wake = () => sound.wake();
  onMounted(() => {
    sound.mute(mutable && wasMuted());
    sound.start();
    addEventListener("pointerdown", wake);
    addEventListener("keydown", wake);
  });
  onUnmounted(() => {
    removeEventListener("pointerdown", wake);
    removeEventListener("keydown", wake);
    sound.end();
  });
  return { sound, state, muted, mute };
}
