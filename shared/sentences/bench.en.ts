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
  'problem.home_assistant':
    'Home Assistant answers 200 to an id that it does not know, so that nobody can tell from here whether this one is right. Send a test, and look there whether the automation ran.',
  'problem.apps_script_dev':
    'This address of a script ends in /dev, which works only for who wrote it and is signed in. Deploy it as a web app for anyone, and enter the address that ends in /exec.',
  'problem.address_half':
    'A part of this address is missing: one of {service} looks like {form}. Copy it whole, and enter it again.',
  'problem.apps_script_echo':
    'This is where a browser reads what a script answered, once: it takes no events. Enter the address of the web app, which begins with https://script.google.com/ and ends in /exec.',
  'problem.zapier_address':
    'This is a page of Zapier. The address that takes events stands in the Zap, at its trigger "Catch Hook", and looks like https://hooks.zapier.com/hooks/catch/…',
  'problem.make_address':
    'This is a page of Make. The address that takes events stands in the scenario, at its "Custom webhook", and looks like https://hook.eu1.make.com/…',
  'problem.n8n_address':
    'This is a page of n8n. The address that takes events stands in the workflow, at its Webhook node under "Production URL", and has /webhook/ in it.',
  'problem.apps_script_address':
    'This is a page where scripts are written. Deploy the script as a web app for anyone, and enter the address that ends in /exec.',
  'problem.apps_script_sign_in':
    'This is where Google asks who you are: the script is not deployed for anyone. Deploy it as a web app for anyone, and enter the address that ends in /exec.',
  'problem.document_address':
    'This is a document, and takes no events. A script of it does: in the document under Extensions, Apps Script, deployed as a web app for anyone. Its address ends in /exec.',
  'problem.sign_in_address':
    'This is a page to sign in at, not the address that takes events. Copy the address from where the webhook is set up, not from the browser.',
  'problem.address_mail':
    'This is a mail address. Mail goes out by your mail server: enter that, such as smtp://mail.hotel.example:587. Who gets it is asked for next.',
  'problem.slack_address':
    'This is not the address of an incoming webhook of Slack, which looks like https://hooks.slack.com/services/T…/B…/…',
  'problem.discord_address':
    'This is not the address of a webhook of Discord, which looks like https://discord.com/api/webhooks/1234/…',
  'problem.discord_ending':
    'This address of a Discord webhook ends in /slack or /github, where Discord expects the messages of those. Leave that ending off.',
  'problem.teams_address':
    'This is not the address that a Teams workflow waits at: it stands in the workflow, under "When a Teams webhook request is received", and has /workflows/ in it.',
  'problem.google_chat_address':
    'This is not the address of a webhook of Google Chat, which looks like https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…',
  'problem.telegram_no_chat':
    'Telegram needs to know which chat to write into: its number, such as -1001234567890, or the @name of a public channel.',
  'problem.no_engine_token':
    'A token is needed there, or a header of your own that says who sends, such as Authorization. Where none is asked for, any word will do as the token.',
  'problem.outpost_address':
    'Outpost takes events at an address that ends in /publish: https://…/api/v1/publish of one of your own, https://api.outpost.hookdeck.com/2025-07-01/publish of its cloud. This one does not.',
  'problem.svix_address':
    'Svix takes events at an address that ends in /app/…/msg/, with the id of your application between: https://api.svix.com/api/v1/app/…/msg/. This one does not.',
  'problem.convoy_address':
    'Convoy takes events for an owner at an address that ends in /events/fanout: https://…/api/v1/projects/…/events/fanout. This one does not.',
  'problem.rabbitmq_address':
    'RabbitMQ takes messages at an address that ends in /api/exchanges/, the virtual host (%2F for /), the exchange and /publish: https://…:15671/api/exchanges/%2F/amq.default/publish. This one does not.',
  'problem.roost_relay_address':
    'Another Roost Relay takes events at an address that ends in /v1/events: https://…:4782/v1/events. This one does not.',
  'problem.address_others':
    'This address is one of {service}, which cannot take what the kind "{kind}" sends: it takes what the kind "{told}" sends.',
  'problem.address_nobodys':
    'This address is none of {service}, and gets what the kind "{kind}" sends: what is there has to take the same.',
  'problem.kind_drops': 'What is set for the kind it has now is dropped with it: {members}.',
  'problem.no_notices':
    'Another Roost Relay takes no notices such as {type}: a chat, a mail or a webhook does. Leave them out of its events.',
  'problem.kind_other_address': '{kind} is not sent to an address like the one it has. Give the new address with it.',
  'problem.template_never':
    'This template makes nothing that can be sent of any sample event. Line {line}, column {column}: {why}',
  'problem.message_never': '{service} can take no message of this template. {why}',
  'problem.message_no_sample': '{service} would refuse what this template makes of any sample event. {why}',
  'problem.message_some': '{service} would refuse what this template makes of the sample of {event}. {why}',
  'problem.mail_address':
    '{member}: expected an address such as manager@hotel.example or Front desk <desk@hotel.example>.',
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
