/** What endpoints, deliveries, attempts and test sends are called, in English: chips, lists and the command line alike. */
export const statesEn = {
  'state.endpoint.draft': 'Draft',
  'state.endpoint.active': 'Active',
  'state.endpoint.degraded': 'Degraded',
  'state.endpoint.failing': 'Failing',
  'state.endpoint.paused': 'Paused',
  'state.endpoint.takes_nothing': 'Takes nothing',
  'state.endpoint.slow_down': 'Asks to slow down',
  'state.endpoint.test_bench': 'To the test bench',

  'endpoint_kind.webhook': 'Webhook: the event as it is, as JSON',
  'endpoint_kind.zapier': 'Zapier',
  'endpoint_kind.make': 'Make.com',
  'endpoint_kind.custom': 'A template of your own',
  'source_kind.http': 'A program that posts its events',
  'source_kind.spool': 'The command line, while Roost Relay was not running',

  'state.delivery.waiting': 'Waiting',
  'state.delivery.sending': 'Sending',
  'state.delivery.delivered': 'Delivered',
  'state.delivery.needs_attention': 'Needs attention',
  'state.delivery.cancelled': 'Cancelled',
  'state.delivery.to_bench': 'To the test bench',
  'state.delivery.held_back': 'Held back',
  'state.delivery.too_old': 'Too old, held',

  'state.attempt.running': 'under way',
  'state.attempt.interrupted': 'interrupted',
  'state.attempt.uncounted': 'does not count',
  'state.attempt.no_answer': 'no answer',

  'try_now.there': 'The internet is there. What waits goes out.',
  'try_now.offline': 'Still no internet. Roost Relay goes on looking by itself, at least once a minute.',
  'try_now.silence':
    'Still nothing answers, neither an endpoint nor the addresses of the internet check. Roost Relay goes on looking by itself, at least once a minute.',
  'try_now.captive_portal':
    'The Wi-Fi still wants a sign-in. Roost Relay goes on looking by itself, at least once a minute.',
  'try_now.tls_interception': 'Secure connections were still intercepted at the last attempt. One event is tried now.',
  'try_now.proxy': 'The proxy let nothing through at the last attempt. One event is tried now.',
  'try_now.too_often':
    'It was looked for three times within two minutes. Try again at {againAt}; Roost Relay goes on looking by itself.',
  'try_now.nothing': 'No endpoint that is switched on leads to the internet, so nobody was asked.',

  'try.first': 'First try',
  'try.retry': 'Retry {number}',
  'try.retry_after': 'Retry {number}, after {delayMs}',
  'try.again': 'Tried again',
  'try.by_hand': 'Tried by hand',
  'try.trial': 'Trial',
  'try.resend': 'Resent by hand',
  'try.test': 'Test send',
  'try.canary': 'First one after the internet came back',

  'test.taken': 'The test arrived at {name} and was taken ({status}).',
  'test.refused': 'The test arrived at {name} and was refused ({status}).',
  'test.not_taken': 'The test arrived at {name} and was not taken ({status}).',
  'test.no_whole_answer': 'The test went to {name}, and what came back was no whole answer.',
  'test.not_arrived': 'The test did not arrive at {name}.',
  'test.interrupted': 'The test to {name} was interrupted.',
} as const;
