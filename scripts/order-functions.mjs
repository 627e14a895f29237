// Puts the functions of a wasm module into an order in which gzip finds more to repeat: each beside those most like it.
//
//   node scripts/order-functions.mjs module.wasm ordered.wasm
//
// gzip looks back 32 KB, and a module is larger, so that the order alone is worth some percent of what a page loads.
// The order is written as names, by which `wasm-opt --reorder-functions-by-name` then sorts; nothing else changes.

import { readFileSync, writeFileSync } from 'node:fs';

/** Bytes that count as a repetition. */
const RUN = 4;
/** How far back an order looks, in bytes of code: what lies near costs least. */
const WINDOW = 2000;
/** A run that more functions have than these tells nothing of their likeness. */
const COMMON = 200;

const [, , from, to] = process.argv;
const module = readFileSync(from);
const { bodies, imported, sections } = parse(module);
const names = order(bodies);
writeFileSync(to, withNames(module, sections, names, imported));

/** A number in groups of seven bits, lowest first, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function numberBytes(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return bytes;
}

/** The bodies of the module's functions, how many functions it imports, and its sections. */
function parse(bytes) {
  const sections = [];
  let bodies = [];
  let imported = 0;
  for (let at = 8; at < bytes.length; ) {
    const [length, start] = number(bytes, at + 1);
    const section = { id: bytes[at], begin: at, start, end: start + length };
    sections.push(section);
    if (section.id === 2) imported = importedFunctions(bytes, start);
    if (section.id === 10) bodies = functionBodies(bytes, start);
    at = section.end;
  }
  return { bodies, imported, sections };
}

function functionBodies(bytes, start) {
  const [count, first] = number(bytes, start);
  let at = first;
  return Array.from({ length: count }, () => {
    const [length, begin] = number(bytes, at);
    at = begin + length;
    return bytes.subarray(begin, at);
  });
}

/** How many of the imports are functions. wasm-bindgen imports nothing else but tables, memories and globals. */
function importedFunctions(bytes, start) {
  let [count, at] = number(bytes, start);
  let functions = 0;
  const skip = () => ([, at] = number(bytes, at));
  const skipText = () => {
    const [length, begin] = number(bytes, at);
    at = begin + length;
  };
  const skipLimits = () => {
    const [flags, next] = number(bytes, at);
    at = next;
    skip();
    if (flags & 1) skip();
  };
  for (; count > 0; count -= 1) {
    skipText();
    skipText();
    const kind = bytes[at++];
    if (kind === 0) {
      functions += 1;
      skip();
    } else if (kind === 1) {
      at += 1;
      skipLimits();
    } else if (kind === 2) skipLimits();
    else if (kind === 3) at += 2;
    else throw new Error(`an import of the unknown kind ${kind}`);
  }
  return functions;
}

/** The position of each function in the new order: every next one is the one that repeats most of the last few. */
function order(bodies) {
  const runs = bodies.map(runsOf);
  const having = new Map();
  runs.forEach((set, position) => {
    for (const run of set) having.has(run) ? having.get(run).push(position) : having.set(run, [position]);
  });
  const score = new Float64Array(bodies.length);
  const weight = runs.map((set) => 1 / Math.sqrt(set.size + 20));
  const seen = new Map();
  const count = (position, by) => {
    for (const run of runs[position]) {
      const before = seen.get(run) ?? 0;
      seen.set(run, before + by);
      const changes = by > 0 ? before === 0 : before === 1;
      const others = having.get(run);
      if (changes && others.length < COMMON) for (const other of others) score[other] += by;
    }
  };
  const left = new Set(bodies.keys());
  const near = [];
  let size = 0;
  const places = new Array(bodies.length);
  for (let place = 0; left.size > 0; place += 1) {
    let best = -1;
    for (const position of left) {
      if (best < 0 || score[position] * weight[position] > score[best] * weight[best]) best = position;
    }
    places[best] = place;
    left.delete(best);
    near.push(best);
    size += bodies[best].length;
    count(best, 1);
    while (size > WINDOW && near.length > 1) {
      const gone = near.shift();
      size -= bodies[gone].length;
      count(gone, -1);
    }
  }
  return places;
}

function runsOf(body) {
  const runs = new Set();
  for (let at = 0; at + RUN <= body.length; at += 1) {
    let run = 0;
    for (let next = 0; next < RUN; next += 1) run = (Math.imul(run, 0x01000193) ^ body[at + next]) >>> 0;
    runs.add(run);
  }
  return runs;
}

/** The module with those places as the names of its functions. */
function withNames(bytes, sections, places, imported) {
  const text = (value) => [...numberBytes(value.length), ...Buffer.from(value)];
  const width = String(places.length).length;
  const entries = places.flatMap((place, position) => [...numberBytes(position + imported), ...text(String(place).padStart(width, '0'))]);
  const list = [...numberBytes(places.length), ...entries];
  const content = [...text('name'), 1, ...numberBytes(list.length), ...list];
  const isNames = ({ id, start }) => id === 0 && bytes.subarray(start + 1, start + 5).toString() === 'name';
  const others = sections.filter((section) => !isNames(section)).map(({ begin, end }) => bytes.subarray(begin, end));
  return Buffer.concat([bytes.subarray(0, 8), ...others, Buffer.from([0, ...numberBytes(content.length), ...content])]);
}
