import { AppError } from '../domain/app-error.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { CopyStep } from '../ports/warehouse.ts';

/**
 * COPY from S3 through a manifest, so that exactly these objects are loaded. EMPTYASNULL: Redshift's CSV does not tell an
 * empty field from a quoted empty one, so both are null here; the embedded engine keeps the quoted one as ''.
 */
export async function copyStatement(
  step: CopyStep,
  options: { manifestName: string; iamRole: string; region?: string; objects: ObjectStore },
): Promise<string> {
  const [first] = step.objects;
  if (!first) throw new AppError('warehouse.bad-statement', { detail: 'A load names no files.' });
  const zipped = step.objects.filter((ref) => ref.key.endsWith('.gz')).length;
  if (zipped !== 0 && zipped !== step.objects.length)
    throw new AppError('warehouse.bad-statement', { detail: 'Files of one load are all gzip or none is.' });
  const manifest = { bucket: first.bucket, key: `manifests/${options.manifestName}.json` };
  const entries = step.objects.map((ref) => ({ url: `s3://${ref.bucket}/${ref.key}`, mandatory: true }));
  await options.objects.put(manifest, JSON.stringify({ entries }), { contentType: 'application/json' });
  if (
    !/^[a-z_][a-z0-9_.]*$/.test(step.copyInto) ||
    step.columns.some((name) => !/^[a-z_][a-z0-9_]*$/.test(name))
  )
    throw new AppError('warehouse.bad-statement', { detail: `'${step.copyInto}' cannot be loaded into.` });
  return [
    `copy ${step.copyInto} (${step.columns.join(', ')})`,
    `from 's3://${manifest.bucket}/${manifest.key}'`,
    `iam_role '${options.iamRole.replaceAll("'", '')}'`,
    options.region ? `region '${options.region.replaceAll("'", '')}'` : '',
    "csv ignoreheader 1 emptyasnull dateformat 'YYYY-MM-DD' timeformat 'auto' maxerror 0",
    zipped > 0 ? 'gzip' : '',
    'manifest',
  ]
    .filter((part) => part !== '')
    .join('\n');
}
