import { createContext, useContext } from 'react';
import type { Json } from '../contract.ts';

export type Values = Record<string, Record<string, Json>>;

/** Where blocks stand: how their elements act, and what the inputs around them hold. */
export type BlockPlace = {
  act: (blockId: string, element: Json, chosen: Json) => void | Promise<void>;
  values: Values;
  setValue: (blockId: string, element: Json, value: Json) => void;
  errors: Record<string, string>;
  busy: string | null;
};

export const BlockContext = createContext<BlockPlace | null>(null);

export function useBlockPlace(): BlockPlace {
  const place = useContext(BlockContext);
  if (!place) throw new Error('a block outside its place');
  return place;
}
