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

  'state.delivery.waiting': 'Waiting',
  'state.delivery.sending': 'Sending',
  'state.delivery.delivered': 'Delivered',
  'state.delivery.needs_attention': 'Needs attention',
  'state.delivery.cancelled': 'Cancelled',
  'state.delivery.to_bench': 'To the test bench',

  'state.attempt.running': 'under way',
  'state.attempt.interrupted': 'interrupted',
  'state.attempt.uncounted': 'does not count',
  'state.attempt.no_answer': 'no answer',

  'test.taken': 'The test arrived at {name} and was taken ({status}).',
  'test.refused': 'The test arrived at {name} and was refused ({status}).',
  'test.not_taken': 'The test arrived at {name} and was not taken ({status}).',
  'test.not_arrived': 'The test did not arrive at {name}.',
  'test.interrupted': 'The test to {name} was interrupted.',
} as const;
