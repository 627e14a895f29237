/** Reads files and YAML away from the page's own thread, so that a large dump does not freeze it. */

import create from '../wasm/pkg-import/import.js?fresh';
import moduleUrl from '../wasm/pkg-import/import_bg.wasm?url';
import type { ImportCall, ImportReply } from './importer';
import { instance, load } from './wasm';

const ready = load<typeof import('../wasm/pkg-import/import.js')>({ default: create }, moduleUrl).then(instance);

self.addEventListener('message', async (event: MessageEvent<ImportCall>) => {
  const { id, call } = event.data;
  const reply = (answer: ImportReply): void => self.postMessage(answer);
  try {
    const glue = await ready;
    switch (call.name) {
      case 'importFiles': {
        const files = await Promise.all(
          call.files.map(async ({ name, file }) => ({ name, bytes: new Uint8Array(await file.arrayBuffer()) })),
        );
        reply({ id, result: glue.importFiles(files, call.language, call.options) });
        break;
      }
      case 'yamlToJson':
        reply({ id, result: glue.yamlToJson(call.text, call.language) });
        break;
      case 'collectScript':
        reply({ id, result: { script: glue.collectScript({}), policy: glue.collectPolicy() } });
        break;
    }
  } catch (error) {
    reply({ id, error: String(error) });
  }
});
