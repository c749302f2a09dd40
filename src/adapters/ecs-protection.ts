/**
 * Asks the container's agent not to take this task away while it is at work. Undefined outside ECS. When the agent does not
 * answer, work goes on: a task that is taken away is given to another worker after its signs of life end.
 */
export function ecsProtection(
  agentUri: string | undefined,
): ((isAtWork: boolean) => Promise<void>) | undefined {
  if (!agentUri) return undefined;
  return async (isAtWork) => {
    await fetch(`${agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ProtectionEnabled: isAtWork, ...(isAtWork ? { ExpiresInMinutes: 360 } : {}) }),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
  };
}
