import { createHash } from 'node:crypto';
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AppError } from '../domain/app-error.ts';
import type { Followed, TraceFacts, Tracer } from '../ports/tracer.ts';
import { type Following, following, plainTracer, under } from './plain-tracer.ts';

export type OtelOptions = {
  /** Of an OTLP receiver (HTTP): 'http://collector:4318'. */
  endpoint: string;
  headers?: Record<string, string>;
  service: string;
};

/**
 * Sends spans over OTLP. The trace's id is made of the number of what is followed, so that functions and workers that do
 * the steps of one run write one trace, with nothing handed on between them. A receiver that is away costs nothing but spans.
 */
export function otelTracer(options: OtelOptions): Tracer {
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces`,
    ...(options.headers ? { headers: options.headers } : {}),
    timeoutMillis: 5_000,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 2_000 })],
  });
  const tracer = provider.getTracer('plumbline');

  async function span<T>(
    now: Following,
    { name, facts, parent }: { name: string; facts: TraceFacts; parent: Context },
    work: (note: (facts: TraceFacts) => void) => Promise<T>,
  ): Promise<T> {
    const opened = tracer.startSpan(name, { attributes: facts as Attributes }, parent);
    const { traceId, spanId } = opened.spanContext();
    try {
      return await under({ ...now, trace: { traceId, spanId } }, () =>
        work((more) => void opened.setAttributes(more as Attributes)),
      );
    } catch (thrown) {
      // A code of ours; what an error says may hold what people wrote.
      const code =
        thrown instanceof AppError ? thrown.code : thrown instanceof Error ? thrown.name : 'unknown';
      opened.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR });
      throw thrown;
    } finally {
      opened.end();
    }
  }

  return {
    follow(followed, name, facts, work) {
      const now = { ...following(), ...followed };
      const parent = now.trace ? contextOf(now.trace) : contextOf(idsOf(followed));
      return span(now, { name, facts: { ...facts, ...attributesOf(followed) }, parent }, work);
    },
    step(name, facts, work) {
      const now = following();
      // What belongs to nothing that is followed (a timer, a health check) is no trace.
      if (!now.trace) return work(() => undefined);
      return span(now, { name, facts, parent: contextOf(now.trace) }, work);
    },
    current: plainTracer.current,
    flush: () => provider.forceFlush().catch(() => undefined),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function contextOf(ids: { traceId: string; spanId: string }): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** The same for the same question or run, wherever it is made. */
export function idsOf({ question, run }: Followed): { traceId: string; spanId: string } {
  const hash = createHash('sha256')
    .update(question ?? run ?? '')
    .digest('hex');
  return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48) };
}

function attributesOf(followed: Followed): TraceFacts {
  return Object.fromEntries(Object.entries(followed).map(([what, number]) => [`plumbline.${what}`, number]));
}
