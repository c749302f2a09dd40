import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import type { Item, Store } from 'dynalite/db/index.js';
import batchGetRules from 'dynalite/validations/batchGetItem.js';
import batchWriteRules from 'dynalite/validations/batchWriteItem.js';
import deleteRules from 'dynalite/validations/deleteItem.js';
import getRules from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putRules from 'dynalite/validations/putItem.js';
import queryRules from 'dynalite/validations/query.js';
import scanRules from 'dynalite/validations/scan.js';
import updateRules from 'dynalite/validations/updateItem.js';
import { type Document, fromWire, toWire } from './dynalite-wire.ts';

const OPERATIONS = [
  { command: GetCommand, action: getItem, rules: getRules },
  { command: PutCommand, action: putItem, rules: putRules },
  { command: UpdateCommand, action: updateItem, rules: updateRules },
  { command: DeleteCommand, action: deleteItem, rules: deleteRules },
  { command: QueryCommand, action: query, rules: queryRules },
  { command: ScanCommand, action: scan, rules: scanRules },
  { command: BatchGetCommand, action: batchGetItem, rules: batchGetRules },
  { command: BatchWriteCommand, action: batchWriteItem, rules: batchWriteRules },
] as const;

type Operation = (typeof OPERATIONS)[number];

/**
 * A command of the document client, checked and carried out by dynalite as its server would, but without what only a
 * network needs: signatures, checksums, headers and text, which cost more than the work itself. Undefined for a command
 * that is not about items.
 */
export function runHere(store: Store, command: { input: object }): Promise<Document> | undefined {
  const operation = OPERATIONS.find((each) => command instanceof each.command);
  return operation && run(store, operation, command.input as Document);
}

async function run(store: Store, { action, rules }: Operation, input: Document): Promise<Document> {
  const data = checked(store, rules, inputToWire(input));
  const reply = await new Promise<Document>((resolve, reject) => {
    action(store, data, (error, found) => (error ? reject(asToldByDynamodb(error)) : resolve(found ?? {})));
  });
  return outputFromWire(reply);
}

function checked(store: Store, { types, custom }: Operation['rules'], input: Document): Document {
  try {
    const data = validations.checkTypes(input, types);
    validations.checkValidations(data, types, custom, store);
    return data;
  } catch (error) {
    throw asToldByDynamodb(error);
  }
}

/** With the name that DynamoDB's own client gives it. */
function asToldByDynamodb(thrown: unknown): unknown {
  const { body } = thrown as { body?: { __type?: string; message?: string; Message?: string } };
  if (!body?.__type) return thrown;
  const told = new Error(body.message ?? body.Message ?? body.__type, { cause: thrown });
  told.name = body.__type.split('#').at(-1) ?? body.__type;
  return told;
}

/** New objects throughout: dynalite changes what it is given. */
function inputToWire(input: Document): Document {
  const wire: Document = { ...input };
  for (const name of ['Key', 'Item', 'ExclusiveStartKey', 'ExpressionAttributeValues'])
    if (input[name]) wire[name] = toWire(input[name] as Document);
  if (input['ExpressionAttributeNames'])
    wire['ExpressionAttributeNames'] = { ...input['ExpressionAttributeNames'] };
  if (input['RequestItems']) wire['RequestItems'] = eachOf(input['RequestItems'], requestToWire);
  return wire;
}

type Keys = { Keys: Document[] };
type Write = { PutRequest?: { Item: Document }; DeleteRequest?: { Key: Document } };

function requestToWire(request: Keys | Write[]): unknown {
  if (!Array.isArray(request)) return { ...request, Keys: request.Keys.map(toWire) };
  return request.map(({ PutRequest: put, DeleteRequest: gone }) => ({
    ...(put ? { PutRequest: { Item: toWire(put.Item) } } : {}),
    ...(gone ? { DeleteRequest: { Key: toWire(gone.Key) } } : {}),
  }));
}

function outputFromWire(reply: Document): Document {
  const output: Document = { ...reply };
  for (const name of ['Item', 'Attributes', 'LastEvaluatedKey'])
    if (reply[name]) output[name] = fromWire(reply[name] as Item);
  if (reply['Items']) output['Items'] = (reply['Items'] as Item[]).map(fromWire);
  if (reply['Responses'])
    output['Responses'] = eachOf(reply['Responses'], (items: Item[]) => items.map(fromWire));
  if (reply['UnprocessedKeys'])
    output['UnprocessedKeys'] = eachOf(reply['UnprocessedKeys'], (left: { Keys: Item[] }) => ({
      ...left,
      Keys: left.Keys.map(fromWire),
    }));
  return output;
}

function eachOf<T>(byTable: unknown, change: (of: T) => unknown): Document {
  return Object.fromEntries(
    Object.entries(byTable as Record<string, T>).map(([table, of]) => [table, change(of)]),
  );
}
