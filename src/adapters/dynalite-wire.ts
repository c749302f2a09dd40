import { NumberValue } from '@aws-sdk/lib-dynamodb';
import type { Attribute, Item } from 'dynalite/db/index.js';

export type Document = Record<string, unknown>;

/** A document as DynamoDB's JSON has it. Undefined values are left out, as the document client is told to. */
export function toWire(document: Document): Item {
  const item: Item = {};
  for (const name in document) {
    const value = document[name];
    if (value !== undefined) item[name] = attributeOf(value);
  }
  return item;
}

/** Numbers come back as exact text. */
export function fromWire(item: Item): Document {
  const document: Document = {};
  for (const name in item) document[name] = valueOf(item[name] as Attribute);
  return document;
}

function attributeOf(value: unknown): Attribute {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: digitsOf(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'bigint') return { N: String(value) };
  if (value === null) return { NULL: true };
  if (typeof value === 'object') return attributeOfObject(value);
  throw new TypeError(`A ${typeof value} cannot be kept in DynamoDB.`);
}

function attributeOfObject(value: object): Attribute {
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attributeOf) };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (value instanceof NumberValue) return { N: String(value.value) };
  if (value instanceof Set) return setOf([...value]);
  const plain = Object.getPrototypeOf(value);
  if (plain === Object.prototype || plain === null) return { M: toWire(value as Document) };
  throw new TypeError(`A ${value.constructor.name} cannot be kept in DynamoDB.`);
}

function setOf(values: unknown[]): Attribute {
  const [first] = values;
  if (first instanceof Uint8Array) return { BS: (values as Uint8Array[]).map(base64) };
  if (typeof first === 'string') return { SS: values };
  return { NS: values.map((each) => attributeOf(each)['N']) };
}

/** Beyond these a number of JavaScript is no longer the one that was meant. */
function digitsOf(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new TypeError(`${value} is no number for DynamoDB; use NumberValue.`);
  return String(value);
}

function valueOf(attribute: Attribute): unknown {
  const type = Object.keys(attribute)[0] as string;
  const content = attribute[type];
  switch (type) {
    case 'L':
      return (content as Attribute[]).map(valueOf);
    case 'M':
      return fromWire(content as Item);
    case 'B':
      return bytesOf(content);
    case 'SS':
    case 'NS':
      return new Set(content as string[]);
    case 'BS':
      return new Set((content as string[]).map(bytesOf));
    case 'NULL':
      return null;
    default:
      return content;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function bytesOf(text: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(text), 'base64'));
}
