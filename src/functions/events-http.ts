import { apiGatewayEvents } from '../../etl/handlers/events-api-gateway.ts';
import { openEvents } from './events-parts.ts';

export async function handler(request: unknown): ReturnType<typeof apiGatewayEvents> {
  return apiGatewayEvents(request, (await openEvents()).needs);
}
