import { onBeforeUnmount, readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** Longest voice note, ms: a good two megabytes, of the sixteen that WhatsApp takes. */
export const LONGEST = 15 * 60_000;
/** Bits of sound in a second: up to three and a half minutes WhatsApp plays without a download (512 KB). */
const BITS = 20_000;
/** How often the level and the time are looked at, ms. */
const LOOK = 100;
/** What browsers record Opus in: the first that this one knows. */
const RECORDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];

/** Why nothing can be recorded. */
export type RecorderProblem = 'denied' | 'no-microphone' | 'unsupported' | 'failed' | 'nothing';

/** Recording one voice note after the other. */
export interface Recorder {
  /** `making`: the note is being made of what was recorded. */
  readonly state: DeepReadonly<Ref<'idle' | 'asking' | 'recording' | 'making'>>;
  readonly problem: Ref<RecorderProblem | null>;
  /** How loud it is, from 0 to 1. */
  readonly level: DeepReadonly<Ref<number>>;
  /** How long it is, ms. */
  readonly elapsed: DeepReadonly<Ref<number>>;
  /** Asks for the microphone and begins. Never rejects. */
  readonly start: () => Promise<void>;
  /** Ends it; `onNote` hears of the note. */
  readonly stop: () => void;
  readonly cancel: () => void;
}

/** The kinds of failure of `getUserMedia` (Media Capture and Streams, section 10.2). */
const FAILURES: Readonly<Record<string, RecorderProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-microphone',
  OverconstrainedError: 'no-microphone',
};

const problemOf = (error: unknown): RecorderProblem =>
  (error instanceof DOMException ? FAILURES[error.name] : undefined) ?? 'failed';

/** What this browser records Opus in; `undefined` where it can't. */
const container = (): string | undefined =>
  typeof MediaRecorder === 'undefined' || !navigator.mediaDevices
    ? undefined
    : RECORDS.find((type) => MediaRecorder.isTypeSupported(type));

/** The microphone as one channel, and how loud it is. */
async function openMicrophone() {
  // Made while the press still counts as one: some browsers start no sound later.
  const sounds = new AudioContext();
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
    .catch(async (error: unknown) => {
      await sounds.close();
      throw error;
    });
  const source = sounds.createMediaStreamSource(stream);
  // A microphone may give two channels whatever it is asked for: here they become one.
  const one = sounds.createMediaStreamDestination();
  one.channelCount = 1;
  one.channelCountMode = 'explicit';
  const meter = sounds.createAnalyser();
  source.connect(meter).connect(one);
  const samples = new Uint8Array(meter.fftSize);
  return {
    stream: one.stream,
    level(): number {
      meter.getByteTimeDomainData(samples);
      // Silence is 128; a voice rarely fills half of what there is.
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
      return Math.min(1, loudest / 64);
    },
    close(): void {
      for (const track of stream.getTracks()) track.stop();
      void sounds.close();
    },
  };
}
type Microphone = Awaited<ReturnType<typeof openMicrophone>>;

/** What is told of a recording: how loud it is and how long (ms), and its parts once it is over. */
interface Listener {
  readonly look: (level: number, elapsed: number) => void;
  /** `null` where nobody wants it. */
  readonly over: (parts: readonly Blob[] | null) => void;
}

/** Begins a recording; what it answers ends it, to be kept or thrown away. */
function recording(
  microphone: Microphone,
  mimeType: string,
  { look, over }: Listener,
): (keep: boolean) => void {
  const recorder = new MediaRecorder(microphone.stream, { mimeType, audioBitsPerSecond: BITS });
  const parts: Blob[] = [];
  const began = performance.now();
  let kept = false;
  const end = (keep: boolean): void => {
    kept = keep;
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const looking = setInterval(() => {
    const elapsed = performance.now() - began;
    look(microphone.level(), elapsed);
    if (elapsed >= LONGEST) end(true);
  }, LOOK);
  recorder.ondataavailable = ({ data }) => void parts.push(data);
  recorder.onstop = () => {
    clearInterval(looking);
    microphone.close();
    over(kept ? parts : null);
  };
  // As far as it came.
  recorder.onerror = () => end(true);
  look(0, 0);
  recorder.start(1_000);
  return end;
}

/** The voice note that recorded parts make, or why there is none. */
async function noteOf(parts: readonly Blob[]): Promise<File | 'nothing' | 'failed'> {
  try {
    const { asVoiceNote } = await import('./voice-note.ts');
    return (await asVoiceNote(new Blob([...parts]))) ?? 'nothing';
  } catch {
    return 'failed';
  }
}

/** Records voice notes while the component that asks for it is there. */
export function useRecorder(onNote: (note: File) => void): Recorder {
  const state = ref<'idle' | 'asking' | 'recording' | 'making'>('idle');
  const problem = ref<RecorderProblem | null>(null);
  const level = ref(0);
  const elapsed = ref(0);
  let end: ((keep: boolean) => void) | null = null;

  async function make(parts: readonly Blob[]): Promise<void> {
    state.value = 'making';
    const note = await noteOf(parts);
    if (typeof note === 'string') problem.value = note;
    else onNote(note);
    state.value = 'idle';
  }

  function record(microphone: Microphone, mimeType: string): void {
    state.value = 'recording';
    end = recording(microphone, mimeType, {
      look: (loud, since) => {
        level.value = loud;
        elapsed.value = since;
      },
      over: (parts) => {
        end = null;
        if (parts) void make(parts);
        else state.value = 'idle';
      },
    });
  }

  async function start(): Promise<void> {
    if (state.value !== 'idle') return;
    problem.value = null;
    const mimeType = container();
    if (mimeType === undefined) return void (problem.value = 'unsupported');
    state.value = 'asking';
    try {
      const microphone = await openMicrophone();
      // The answer may come when nobody waits for it any more.
      if (state.value !== 'asking') return microphone.close();
      record(microphone, mimeType);
    } catch (error) {
      problem.value = problemOf(error);
      state.value = 'idle';
    }
  }

  function leave(keep: boolean): void {
    if (state.value === 'asking') state.value = 'idle';
    end?.(keep);
  }
  // What was said until then is kept.
  onBeforeUnmount(() => leave(true));

  return {
    state: readonly(state),
    problem,
    level: readonly(level),
    elapsed: readonly(elapsed),
    start,
    stop: () => end?.(true),
    cancel: () => leave(false),
  };
}
