import { z } from 'zod';

/** A file in an object store. Keys are '/'-separated, never start with '/' and hold no '..'. */
export const ObjectRef = z.object({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,62}$/),
  key: z
    .string()
    .min(1)
    .max(1024)
    .refine((key) => !key.startsWith('/') && !key.split('/').includes('..'), 'a plain relative key'),
});
export type ObjectRef = z.infer<typeof ObjectRef>;
