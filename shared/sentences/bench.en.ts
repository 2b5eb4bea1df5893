/** The words of the test bench, of past events and of addresses that are asked about, in English. */
export const benchEn = {
  'outcome.bench_took': 'The test bench took it. {name} did not get it.',
  'outcome.bench_refused': 'The test bench answered as it was told to. {name} was not asked.',

  'problem.bench_in_use':
    '{name} is in use: {waiting} waiting, {taken} delivered within the last 24 hours. While it points at the test bench its events go there, and {name} does not get them.',

  'problem.same_address': '{name} has this address already. What both are subscribed to would arrive there twice.',
  'problem.test_address':
    'This is a test address of n8n, which listens only for two minutes after a click there. Events need the production address: /webhook/ in place of /webhook-test/.',
  'problem.slack_workflow':
    'This is the address of a Slack workflow, which takes only the variables that it names. The address of an incoming webhook has /services/ in it.',
  'problem.retired_connector':
    'This is the address of an Office 365 connector, which Microsoft is switching off. Set up the workflow "Post to a channel when a webhook request is received" in the Teams channel, and enter its address.',
  'problem.telegram_address':
    'This is not the address of a Telegram bot: https://api.telegram.org/bot, directly behind it the token that BotFather gave, then /sendMessage.',
  'problem.send_again': '{name} has had this event already. It would get it again, with the same event id.',
  'problem.send_overtaken':
    '{name} has something newer of the same booking, order, item or payment already. This would arrive after it.',
  'problem.send_waits': 'This event waits for {name} already.',
  'problem.data_not_object': 'The data of an event is a JSON object, such as {example}.',

  'conditions.endpoint_at_bench.title': '{name} sends to the test bench',
  'conditions.endpoint_at_bench.meaning.none':
    'Since {sinceAt} its events go to the test bench and not to {name}. That ends by itself at {untilAt}, or when the app restarts.',
  'conditions.endpoint_at_bench.idle':
    'It is not switched on, so none of its events go anywhere. A test send goes to the test bench and not to {name}. That ends by itself at {untilAt}, or when the app restarts.',
  'conditions.endpoint_at_bench.meaning.one':
    'Since {sinceAt} its events go to the test bench: 1 has not reached {name}. That ends by itself at {untilAt}, or when the app restarts; it can be sent on then.',
  'conditions.endpoint_at_bench.meaning.many':
    'Since {sinceAt} its events go to the test bench: {count} have not reached {name}. That ends by itself at {untilAt}, or when the app restarts; they can be sent on then.',
  'conditions.endpoint_at_bench.step': 'Give {name} its own address back as soon as the test is over.',
  'conditions.endpoint_at_bench.open': 'Open the test bench',

  'conditions.bench_swallowed.title.one': '1 event went to the test bench and not to {name}',
  'conditions.bench_swallowed.title.many': '{count} events went to the test bench and not to {name}',
  'conditions.bench_swallowed.meaning': '{name} has its own address again. What the test bench took is kept here.',
  'conditions.bench_swallowed.cut_off':
    'The app was stopped or restarted, so that ended at {endedAt} and not at {untilAt}. {name} has its own address again. What the test bench took is kept here.',
  'conditions.bench_swallowed.step': 'Send them on, or say that they were only for testing.',
  'conditions.bench_swallowed.open': 'Send on',

  'conditions.bench_cut_off.title': '{name} does not send to the test bench any more',
  'conditions.bench_cut_off.meaning':
    'The app was stopped or restarted, so that ended at {endedAt} and not at {untilAt}. Its events go to {name} again. The test bench had taken none, or they were dealt with.',
} as const;
