/** The framing of WebChannel, Firestore's transport in browsers: `<length in characters>\n<JSON>`. */

/**
 * A reader of one stream: takes its bytes piece by piece as base64, wherever they are cut, and hands
 * over each frame once it is whole.
 */
export function framesIn(heard: (frame: unknown) => void): (base64: string) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return (base64) => {
    rest += decoder.decode(Buffer.from(base64, 'base64'), { stream: true });
    for (;;) {
      const head = /^\s*(\d+)\n/.exec(rest);
      const start = head?.[0].length ?? 0;
      const end = start + Number(head?.[1] ?? Infinity);
      if (rest.length < end) return;
      heard(JSON.parse(rest.slice(start, end)));
      rest = rest.slice(end);
    }
  };
}
