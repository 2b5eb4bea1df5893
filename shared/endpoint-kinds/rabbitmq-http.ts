/** RabbitMQ by its management's HTTP API: `…/api/exchanges/VHOST/EXCHANGE/publish`. https://www.rabbitmq.com/docs/http-api-reference */
import { z } from 'zod';
import { sentence } from '../sentences/sentence.ts';
import { otherPath } from './engine-login.ts';
import { likeWebhook } from './kind.ts';

export const rabbitmqHttp = likeWebhook({
  name: 'rabbitmq_http',
  receivers: [],
  // Without its virtual host, too: the exchange alone is what people know of it.
  isTold: ({ pathname }) => /^\/api\/exchanges\/(?:[^/]*\/)?[^/]+\/publish\/?$/.test(pathname),
  ownLint: otherPath(/\/api\/exchanges\/[^/]+\/[^/]+\/publish\/?$/, sentence('problem.rabbitmq_address')),
  config: z.strictObject({
    user: z.string().trim().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** The queue's name at the default exchange; absent: the event's type, `booking.created`. */
    routingKey: z.string().min(1).max(255).optional(),
  }),
  secrets: ['password'],
  standIns: { user: 'not-given-here' },
  sendsEvents: false,
  unverified: 'endpoint_kind.rabbitmq_http.unverified',
  words: {
    name: 'endpoint_kind.rabbitmq_http',
    asks: {
      user: 'endpoint_kind.rabbitmq_http.user',
      password: 'endpoint_kind.rabbitmq_http.password',
      routingKey: 'endpoint_kind.rabbitmq_http.routing_key',
    },
  },
});
