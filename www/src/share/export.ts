/** What a person takes away as a file. */

import { instance, load } from '../engine/wasm';
import type { Playground } from '../playground.svelte';
import { request } from '../question';
import moduleUrl from '../wasm/pkg-svg/svg_bg.wasm?url';

/** The document as JSON: as it is written, or converted when it is YAML. A text that is neither goes as it is. */
export async function jsonOf(p: Playground): Promise<string> {
  const { text } = p;
  if (/^\s*(?:[{[]|$)/.test(text)) return text;
  try {
    const { document } = await (await p.importer()).yamlToJson(text, p.language);
    return document;
  } catch {
    return text;
  }
}

/** Hands a file over to the browser's downloads. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Downloads have begun long before; until then the address must not go.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The diagram with the path that is shown, as a picture that stands alone. */
export async function svgOf(p: Playground): Promise<string> {
  const text = await jsonOf(p);
  const question = p.shown?.question ?? null;
  const lang = p.language;
  // Each picture is made by a fresh instance, so one that trapped spoils no other.
  const { svg } = await instance(await load<typeof import('../wasm/pkg-svg/svg.js')>(import('../wasm/pkg-svg/svg.js?fresh'), moduleUrl));
  if (question?.expectation == null) return svg(text, question === null ? { lang } : request(question, lang));
  // An expectation can say more than a request, so it is asked as the document's only one.
  const document = JSON.parse(text) as { expect: unknown[] };
  return svg(JSON.stringify({ ...document, expect: [document.expect[question.expectation]] }), { lang });
}

/** Pixels for each unit of the drawing, so that text is sharp when it is enlarged. */
const SCALE = 2;

/** The picture in pixels. Under a content security policy it takes `img-src blob:`. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth * SCALE, image.naturalHeight * SCALE);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}
