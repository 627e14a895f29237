/** What the document's JSON Schema says of a field, in the few shapes that a form needs. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly 'x-refersTo'?: readonly string[];
  readonly 'x-orText'?: boolean;
}

/** How a value is written in a form. */
export type Shape =
  /** `numbers`: what is a number stands as one. */
  | { readonly kind: 'text'; readonly examples: readonly string[]; readonly numbers: boolean }
  | { readonly kind: 'number' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | { readonly kind: 'json' }
  /** A name of one of the sections; with `orText` other texts as well. */
  | { readonly kind: 'name'; readonly sections: readonly string[]; readonly orText: boolean }
  | { readonly kind: 'names'; readonly sections: readonly string[] }
  /** Texts; `orOne` where one text alone stands without a list. */
  | { readonly kind: 'texts'; readonly orOne: boolean }
  /** Texts by name of something in the sections, or by free names. */
  | { readonly kind: 'pairs'; readonly sections: readonly string[]; readonly lists: boolean }
  | { readonly kind: 'rows'; readonly of: string; readonly fields: readonly Field[] }
  | { readonly kind: 'group'; readonly of: string; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly description: string;
}

const texts = (values: readonly unknown[] | undefined): string[] => (values ?? []).filter((value) => typeof value === 'string');

export class DocumentSchema {
  readonly #root: Schema;

  constructor(root: unknown) {
    this.#root = root as Schema;
  }

  /** The fields of the things in a section, or of the document itself. */
  fields(section: string | null): readonly Field[] {
    if (section === null) return this.#fieldsOf(this.#root);
    const found = this.#root.properties?.[section];
    if (!found) return [];
    const of = this.#resolve(found);
    return this.#fieldsOf(typeof of.additionalProperties === 'object' ? this.#resolve(of.additionalProperties) : of);
  }

  /** The schema of the value at a path of keys, for editors; undefined where nothing is known. */
  at(path: readonly (string | number)[]): SchemaNode | undefined {
    let schema: Schema | undefined = this.#root;
    for (const part of path) {
      if (!schema) return undefined;
      const one: Schema = this.#resolve(schema);
      if (typeof part === 'number') schema = one.items ?? one.anyOf?.find((other) => other.items)?.items;
      else schema = one.properties?.[part] ?? (typeof one.additionalProperties === 'object' ? one.additionalProperties : undefined);
    }
    return schema && this.#node(schema);
  }

  #node(schema: Schema): SchemaNode {
    const one = this.#resolve(schema);
    const spellings = [one, ...(one.anyOf ?? []).map((other) => this.#resolve(other))];
    return {
      description: schema.description ?? one.description ?? '',
      properties: Object.entries(one.properties ?? {}).map(([name, property]) => ({ name, description: property.description ?? this.#resolve(property).description ?? '', starts: this.#starts(property) })),
      words: spellings.flatMap((other) => [...texts(other.enum), ...texts(other.examples), ...texts((other.oneOf ?? []).map((word) => word.const)), ...(other.type === 'boolean' ? ['true', 'false'] : [])]),
      bare: spellings.some((other) => other.type === 'boolean'),
      sections: schema['x-refersTo'] ?? one['x-refersTo'] ?? [],
    };
  }

  /** What a value of this schema starts with. */
  #starts(schema: Schema): SchemaStart {
    const one = this.#resolve(schema);
    if (one.type === 'array') return 'list';
    if (one.type === 'object') return 'object';
    if (one.type === 'string' || one.enum || one.oneOf) return 'text';
    return 'other';
  }

  #resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    if (name === undefined) return schema;
    const { $ref: _, ...own } = schema;
    return { ...this.#root.$defs?.[name], ...own };
  }

  #fieldsOf({ properties = {}, required = [] }: Schema): readonly Field[] {
    return Object.entries(properties).map(([name, property]) => ({
      name,
      shape: this.#shape(property),
      required: required.includes(name),
      description: property.description ?? '',
    }));
  }

  #shape(written: Schema): Shape {
    const of = written.$ref?.split('/').at(-1) ?? '';
    const one = this.#resolve(written);
    const sections = one['x-refersTo'];
    if (one.properties) return { kind: 'group', of, fields: this.#fieldsOf(one) };
    if (one.oneOf) return { kind: 'choice', words: texts(one.oneOf.map((word) => word.const)) };
    if (one.enum) return { kind: 'choice', words: texts(one.enum) };
    if (one.anyOf) return one.anyOf.some((spelling) => spelling.type === 'array') ? { kind: 'texts', orOne: true } : this.#spellings(one.anyOf);
    switch (one.type) {
      case 'boolean':
        return { kind: 'flag' };
      case 'integer':
        return { kind: 'number' };
      case 'array':
        return this.#list(one, sections);
      case 'object':
        // Values of any shape by name, such as policies.
        if (typeof one.additionalProperties !== 'object') return { kind: 'json' };
        return { kind: 'pairs', sections: sections ?? [], lists: one.additionalProperties.type === 'array' };
      case 'string':
        return sections ? { kind: 'name', sections, orText: one['x-orText'] === true } : { kind: 'text', examples: texts(one.examples), numbers: false };
      default:
        return { kind: 'json' };
    }
  }

  /** One value in several spellings: words are offered, the others are typed. */
  #spellings(spellings: readonly Schema[]): Shape {
    return { kind: 'text', examples: spellings.flatMap((spelling) => texts(spelling.enum)), numbers: spellings.some((spelling) => spelling.type === 'integer') };
  }

  #list({ items }: Schema, sections: readonly string[] | undefined): Shape {
    if (sections) return { kind: 'names', sections };
    const one = items && this.#resolve(items);
    if (items && one?.properties) return { kind: 'rows', of: items.$ref?.split('/').at(-1) ?? '', fields: this.#fieldsOf(one) };
    return { kind: 'texts', orOne: false };
  }
}

export type SchemaStart = 'list' | 'object' | 'text' | 'other';

/** A place in the document as an editor of text needs it. */
export interface SchemaNode {
  readonly description: string;
  readonly properties: readonly { readonly name: string; readonly description: string; readonly starts: SchemaStart }[];
  readonly words: readonly string[];
  /** Whether the words stand without quotes. */
  readonly bare: boolean;
  /** The sections that hold the names that may stand here. */
  readonly sections: readonly string[];
}

let loaded: Promise<DocumentSchema> | undefined;

export function loadSchema(): Promise<DocumentSchema> {
  loaded ??= import('../../public/vpcreach.schema.json').then((module) => new DocumentSchema(module.default)).catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}
