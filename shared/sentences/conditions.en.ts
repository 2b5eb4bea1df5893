/**
 * The words of conditions in English: for banner, toast and tray alike. `{…At}` are UTC milliseconds,
 * rendered as local time.
 */
export const conditionsEn = {
  'conditions.actions.change_address': 'Change address',
  'conditions.actions.change_set_up': 'Change set-up',
  'conditions.actions.try_now': 'Try now',
  'conditions.actions.open_sign_in_page': 'Open the sign-in page',
  'conditions.actions.open_endpoint': 'Show this endpoint',
  'conditions.actions.copy_for_it': 'Copy what IT needs',
  'conditions.actions.show_deliveries': 'Show deliveries',
  'conditions.actions.show_held': 'Send or skip',
  'conditions.actions.open_settings': 'Open settings',
  'conditions.actions.enter_secrets': 'Enter the secrets again',
  'conditions.actions.open_source': 'Show this source',
  'conditions.actions.open_exports': 'Show the exports',
  'conditions.actions.resume_all': 'Resume now',
  'conditions.actions.keep_awake': 'Keep it awake while events wait',
  'conditions.actions.no_thanks': 'No, thanks',
  'conditions.actions.done': 'Done',

  'conditions.receiver.said': 'It said: “{said}”.',

  'conditions.endpoint_failing.title.setup': '{name} does not accept this address',
  'conditions.endpoint_failing.title.address': 'The address of {name} does not exist',
  'conditions.endpoint_failing.title.key': '{name} does not let us in ({status})',
  'conditions.endpoint_failing.title.signature': '{name} does not accept our signature ({status})',
  'conditions.endpoint_failing.title.redirect': '{name} sends us to another address ({status})',
  'conditions.endpoint_failing.title.pay': '{name} wants to be paid first',
  'conditions.endpoint_failing.title.legal': '{name} takes nothing from here for legal reasons',
  'conditions.endpoint_failing.title.refused': '{name} refuses every event ({status})',
  'conditions.endpoint_failing.title.refused_within': '{name} refuses every event',
  'conditions.endpoint_failing.title.certificate': 'The security certificate of {name} is not valid',
  'conditions.endpoint_failing.title.errors': '{name} answers with an error ({status})',
  'conditions.endpoint_failing.title.errors_within': '{name} tells of an error in its answers',
  'conditions.endpoint_failing.title.another': 'Another answers in the place of {name}, as it seems',
  'conditions.endpoint_failing.title.nobody': '{name} has nobody to hand the events on to',
  'conditions.endpoint_failing.title.rule': '{name} answers otherwise than its set-up here asks',
  'conditions.endpoint_failing.title.unfinished': 'The answers of {name} break off before their end',
  'conditions.endpoint_failing.title.garbled': 'The answers of {name} make no sense',
  'conditions.endpoint_failing.title.closed': '{name} closes the connection without an answer',
  'conditions.endpoint_failing.title.insecure': '{name} makes no secure connection',
  'conditions.endpoint_failing.title.silent': '{name} does not answer',
  'conditions.endpoint_failing.meaning.none': 'It has not accepted anything since {sinceAt}. Nothing waits for it now.',
  'conditions.endpoint_failing.meaning.one':
    'It has not accepted anything since {sinceAt}. Nothing is lost: 1 event is safe on this PC and goes out by itself as soon as it is taken.',
  'conditions.endpoint_failing.meaning.many':
    'It has not accepted anything since {sinceAt}. Nothing is lost: {count} events are safe on this PC and go out by themselves as soon as they are taken.',
  'conditions.endpoint_failing.brief.none': 'Nothing taken since {sinceAt}. Nothing waits for it now.',
  'conditions.endpoint_failing.brief.one': 'Nothing taken since {sinceAt}. 1 event waits safely.',
  'conditions.endpoint_failing.brief.many': 'Nothing taken since {sinceAt}. {count} events wait safely.',
  'conditions.endpoint_failing.headline': '{name} has taken nothing since {sinceAt}.',
  'conditions.endpoint_failing.headline_said': '{name} has taken nothing since {sinceAt}: “{said}”.',
  'conditions.endpoint_failing.copy.answered':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. Its last answer was {status}; its words stand in the delivery log of Roost Relay, since a guest may be in them. Events waiting: {count}.',
  'conditions.endpoint_failing.copy.unfinished':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. Its last answer broke off before its end. Events waiting: {count}.',
  'conditions.endpoint_failing.copy.garbled':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. Its last answer was no HTTP that can be read. Events waiting: {count}.',
  'conditions.endpoint_failing.copy.closed':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. It closed the connection without an answer. Events waiting: {count}.',
  'conditions.endpoint_failing.copy.insecure':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. No secure connection came about. Events waiting: {count}.',
  'conditions.endpoint_failing.copy.silent':
    'Roost Relay {version}: {name} ({address}) has taken nothing since {sinceAt}. It gave no answer. Events waiting: {count}.',

  'conditions.endpoint_degraded.title.none': '{name} did not take the last event',
  'conditions.endpoint_degraded.title.one': '1 event for {name} is waiting',
  'conditions.endpoint_degraded.title.many': '{count} events for {name} are waiting',
  'conditions.endpoint_degraded.step': 'Nothing to do: next try at {nextAt}.',

  'conditions.endpoint_slow_down.title': '{name} asks us to slow down since {sinceAt}',
  'conditions.endpoint_slow_down.title_until': 'Events for {name} wait until {untilAt}, because it asked for that',
  'conditions.endpoint_slow_down.meaning.none': 'Nothing waits for it now.',
  'conditions.endpoint_slow_down.meaning.one': '1 event is safe and waits.',
  'conditions.endpoint_slow_down.meaning.many': '{count} events are safe and wait.',
  'conditions.endpoint_slow_down.meaning_nothing.none': 'It has taken nothing since then. Nothing waits for it now.',
  'conditions.endpoint_slow_down.meaning_nothing.one': 'It has taken nothing since then. 1 event is safe and waits.',
  'conditions.endpoint_slow_down.meaning_nothing.many':
    'It has taken nothing since then. {count} events are safe and wait.',
  'conditions.endpoint_slow_down.step':
    'Nothing to do: it is sent to again from {nextAt}, at the pace that it allows. Where it takes events again before that, try it now ({relay} endpoint try-now {id}).',

  'conditions.events_retrying.title.none': 'Events for {name} are tried again',
  'conditions.events_retrying.title.one': '1 event for {name} did not get through',
  'conditions.events_retrying.title.many': '{count} events for {name} did not get through',
  'conditions.events_retrying.meaning': '{name} took the last one. These are tried again by themselves.',

  'conditions.endpoint_plain_off.title.none': '{name} is stopped: plain HTTP to this PC is not allowed',
  'conditions.endpoint_plain_off.title.one': '{name} is stopped with 1 event: plain HTTP to this PC is not allowed',
  'conditions.endpoint_plain_off.title.many':
    '{name} is stopped with {count} events: plain HTTP to this PC is not allowed',
  'conditions.endpoint_plain_off.meaning': 'What is for it goes on queueing, and nothing is lost.',
  'conditions.endpoint_plain_off.step': 'Allow it in the settings under Network, or give {name} an https:// address.',
  'conditions.mail_partly.title': 'The mails of {name} do not reach everybody',
  'conditions.mail_partly.meaning': 'The mail server {host} does not take them for {recipients}; the others have them.',
  'conditions.mail_partly.step': 'Check the addresses that {name} writes to.',
  'conditions.endpoint_paused.title.none': '{name} is paused',
  'conditions.endpoint_paused.title.one': '1 event waits for {name}, which is paused',
  'conditions.endpoint_paused.title.many': '{count} events wait for {name}, which is paused',
  'conditions.endpoint_paused.meaning': 'They go out when it is resumed.',
  'conditions.endpoint_paused.step': 'Resume {name} when it may go on.',
  'conditions.endpoint_paused.trouble': 'Before it was paused, it did not take what was sent, since {sinceAt}.',
  'conditions.endpoint_paused.meaning_until': 'They go out from {untilAt}, or when it is resumed.',

  'conditions.endpoint_gone.title': '{name} says this address is gone for good',
  'conditions.endpoint_gone.meaning.none': 'Sending to it is paused. Nothing waits for it now.',
  'conditions.endpoint_gone.meaning.one': 'Sending to it is paused. Nothing is lost: 1 event is safe on this PC.',
  'conditions.endpoint_gone.meaning.many':
    'Sending to it is paused. Nothing is lost: {count} events are safe on this PC.',

  'conditions.delivery_needs_attention.title.none': '{name} refused an event',
  'conditions.delivery_needs_attention.title.one': '{name} did not take 1 event',
  'conditions.delivery_needs_attention.title.many': '{name} did not take {count} events',
  'conditions.delivery_needs_attention.unshaped.none': 'An event does not fit the template of {name}',
  'conditions.delivery_needs_attention.unshaped.one': '1 event does not fit the template of {name}',
  'conditions.delivery_needs_attention.unshaped.many':
    '{count} events need a person, the last one since it does not fit the template of {name}',
  'conditions.delivery_needs_attention.meaning.paused':
    'These are kept on this PC. {name} is paused: nothing goes to it until it is resumed.',
  'conditions.delivery_needs_attention.meaning.active':
    'Other events reach {name}. These are kept on this PC and wait for a person.',
  'conditions.delivery_needs_attention.meaning.kept': 'These are kept on this PC and wait for a person.',
  'conditions.delivery_needs_attention.headline_said.none': '{name} refused an event: “{said}”.',
  'conditions.delivery_needs_attention.headline_said.one': '{name} did not take 1 event: “{said}”.',
  'conditions.delivery_needs_attention.headline_said.many':
    '{name} did not take {count} events, the last one for “{said}”.',

  'conditions.events_too_old.title.none': '{name} holds events that are too old',
  'conditions.events_too_old.title.one': '1 event is too old for {name} and waits for your word',
  'conditions.events_too_old.title.many': '{count} events are too old for {name} and wait for your word',
  'conditions.events_too_old.meaning':
    '{name} is not sent what is older than {limitMs} unless somebody says so. The oldest came at {oldestAt}.',
  'conditions.events_too_old.meaning_any': 'The oldest came at {oldestAt}. Newer ones go out meanwhile.',
  'conditions.events_too_old.step.none': 'Send or skip them.',
  'conditions.events_too_old.step.one': 'Send it or skip it.',
  'conditions.events_too_old.step.many': 'Send them or skip them, one by one or all.',

  'conditions.endpoint_recovered.title': '{name} works again',
  'conditions.endpoint_recovered.meaning.none':
    'It accepted nothing from {sinceAt} until {untilAt}. Nothing had to wait.',
  'conditions.endpoint_recovered.meaning.one':
    'It accepted nothing from {sinceAt} until {untilAt}. The event that waited was delivered.',
  'conditions.endpoint_recovered.meaning.many':
    'It accepted nothing from {sinceAt} until {untilAt}. All {count} events that waited were delivered.',
  'conditions.endpoint_recovered.meaning_left.one':
    'It accepted nothing from {sinceAt} until {untilAt}. The event that waited is still waiting.',
  'conditions.endpoint_recovered.meaning_left.many':
    'It accepted nothing from {sinceAt} until {untilAt}. {count} events waited; {left} of them still do.',
  'conditions.endpoint_recovered.meaning_skipped.one':
    'It accepted nothing from {sinceAt} until {untilAt}. The event that waited was skipped.',
  'conditions.endpoint_recovered.meaning_skipped.many':
    'It accepted nothing from {sinceAt} until {untilAt}. {count} events waited; {skipped} were skipped, and no other is still here.',

  'conditions.connectivity.meaning.none': 'New events are kept safe on this PC and go out by themselves later.',
  'conditions.connectivity.meaning.one': '1 event is safe and waiting. It goes out by itself later.',
  'conditions.connectivity.meaning.many': '{count} events are safe and waiting. They go out by themselves later.',
  'conditions.connectivity.over': 'The internet is back.',
  'conditions.connectivity.over_all.one': 'The internet is back. The event that waited was delivered.',
  'conditions.connectivity.over_all.many': 'The internet is back. All {count} events that waited were delivered.',
  'conditions.connectivity.over_left.one': 'The internet is back. The event that waited is still waiting.',
  'conditions.connectivity.over_left.many': 'The internet is back. {count} events waited; {left} of them still do.',
  'conditions.connectivity.over_asking.one': 'The internet is back. The event that waited needs a person.',
  'conditions.connectivity.over_asking.many':
    'The internet is back. {count} events waited; {left} of them need a person.',
  'conditions.connectivity.over_skipped.one': 'The internet is back. The event that waited was skipped.',
  'conditions.connectivity.over_skipped.many':
    'The internet is back. {count} events waited; {skipped} were skipped, and no other is still here.',

  'conditions.offline.title': 'No internet',
  'conditions.offline.title_since': 'No internet since {sinceAt}',
  'conditions.offline.title_since.no_interface': 'This PC has had no network connection since {sinceAt}',
  'conditions.offline.title_since.names': 'No internet since {sinceAt}: names of websites are not found (DNS)',
  'conditions.offline.step.no_interface':
    "Check this PC's network cable, or connect it to the Wi-Fi. The internet line itself may be fine.",
  'conditions.offline.step.names':
    'This PC is connected, but whoever finds websites by their names (DNS) gives no answer. Restart the router. If that does not help, call your internet provider; if other devices here have internet, call your IT helper.',
  'conditions.offline.step.line':
    'This PC is connected, but nothing out there answers. Check the router and its cables, restart it, or call your internet provider.',

  'conditions.silence.title_since':
    'Nothing has answered since {sinceAt}: neither {host} nor the addresses of the internet check',
  'conditions.silence.step':
    'Open any website on this PC. If none opens, check the router. If one does, call those who run the receiver; your IT helper can choose other addresses for the internet check.',
  'conditions.silence.over': 'The silence is over.',

  'conditions.local_network.title_since': "This PC has not reached the property's own network since {sinceAt}",
  'conditions.local_network.meaning': 'Events for {hosts} are safe and wait. What goes to the internet goes on.',
  'conditions.local_network.step.interface':
    "Check this PC's network cable, or its Wi-Fi: it has no connection into the network of {hosts}.",
  'conditions.local_network.step.silent':
    'Check the switch and its cables: this PC is connected, but none of {hosts} answers.',
  'conditions.local_network.over': "The property's own network is back.",
  'conditions.local_network.over_all.one': "The property's own network is back. The event that waited was delivered.",
  'conditions.local_network.over_all.many':
    "The property's own network is back. All {count} events that waited were delivered.",
  'conditions.local_network.over_left.one':
    "The property's own network is back. The event that waited is still waiting.",
  'conditions.local_network.over_left.many':
    "The property's own network is back. {count} events waited; {left} of them still do.",
  'conditions.local_network.over_asking.one':
    "The property's own network is back. The event that waited needs a person.",
  'conditions.local_network.over_asking.many':
    "The property's own network is back. {count} events waited; {left} of them need a person.",
  'conditions.local_network.over_skipped.one': "The property's own network is back. The event that waited was skipped.",
  'conditions.local_network.over_skipped.many':
    "The property's own network is back. {count} events waited; {skipped} were skipped, and no other is still here.",

  'conditions.captive_portal.title': "This PC's Wi-Fi wants a sign-in",
  'conditions.captive_portal.title_since': "This PC's Wi-Fi has wanted a sign-in since {sinceAt}",
  'conditions.captive_portal.step': 'Open a web browser on this PC and sign in to the Wi-Fi.',
  'conditions.tls_interception.title': 'Security software is intercepting secure connections',
  'conditions.captive_portal.step.host': 'Open a web browser on this PC and sign in. The sign-in page is at {host}.',
  'conditions.tls_interception.title.product': '{product} is intercepting secure connections',
  'conditions.tls_interception.title_since.product':
    '{product} has been intercepting secure connections since {sinceAt}',
  'conditions.tls_interception.title_since':
    'Security software has been intercepting secure connections since {sinceAt}',
  'conditions.tls_interception.step': 'Send this to IT: Roost Relay needs an exception from HTTPS scanning.',
  'conditions.tls_interception.step.product':
    'Send this to IT: {product} has to leave {hosts} alone, or its root certificate has to be trusted on this PC.',
  'conditions.tls_interception.copy':
    'Roost Relay {version}: since {sinceAt} certificates of unrelated hosts come from an unknown issuer. An antivirus or firewall on the way is inspecting HTTPS. Please add an exception for Roost Relay, or install its root certificate on this PC or in Settings, Network. Events waiting: {count}.',
  'conditions.proxy.title': 'The office proxy does not let Roost Relay through',
  'conditions.proxy.title_since': 'The office proxy has not let Roost Relay through since {sinceAt}',
  'conditions.proxy.step': 'Send this to IT: the proxy asks for a password or cannot be gone through.',
  'conditions.proxy.step.password': 'Send this to IT: the proxy {proxy} asks for a password.',
  'conditions.proxy.step.password_refused':
    'Send this to IT: the proxy {proxy} refused the name and password that it was given.',
  'conditions.proxy.step.unreachable.environment':
    'Send this to IT: the proxy {proxy}, which a variable of the environment names (HTTPS_PROXY or ALL_PROXY), cannot be reached.',
  'conditions.proxy.step.unreachable.system':
    'Send this to IT: the proxy {proxy}, which the network settings of this PC name, cannot be reached.',
  'conditions.proxy.step.sign_in':
    'Send this to IT: the proxy {proxy} asks for {asksFor}, which Roost Relay cannot sign in with.',
  'conditions.proxy.step.unreachable': 'Send this to IT: the proxy {proxy} cannot be reached.',
  'conditions.proxy.step.socks':
    'Send this to IT: the proxy {proxy} is a SOCKS proxy, which Roost Relay cannot go through.',
  'conditions.proxy.step.refused': 'Send this to IT: the proxy {proxy} does not let us connect to {hosts}.',
  'conditions.proxy.copy.password':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} asks for a password ({status}{asksFor}). Please enter its user name and password in Settings, Network, or let Roost Relay through without. Events waiting: {count}.',
  'conditions.proxy.copy.password_refused':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} refuses the user name and password that it is given ({status}{asksFor}). Please enter the right ones in Settings, Network, or let Roost Relay through without. Events waiting: {count}.',
  'conditions.proxy.copy.unreachable.environment':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} cannot be reached. A variable of the environment that Roost Relay runs in names it (HTTPS_PROXY or ALL_PROXY). Please check it, change the variable, or enter another proxy in Settings, Network. Events waiting: {count}.',
  'conditions.proxy.copy.unreachable.system':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} cannot be reached. The network settings of this PC name it. Please check it, change them, or enter another proxy in Settings, Network. Events waiting: {count}.',
  'conditions.proxy.copy.socks.environment':
    'Roost Relay {version}: since {sinceAt} a variable of the environment (HTTPS_PROXY or ALL_PROXY) names the SOCKS proxy {proxy}. Roost Relay goes through proxies that speak HTTP: please enter one in Settings, Network, or choose None there for a direct way. Events waiting: {count}.',
  'conditions.proxy.copy.sign_in':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} asks for {asksFor} ({status}). Roost Relay signs in with Basic only: please let it through without a sign-in, or offer Basic. Events waiting: {count}.',
  'conditions.proxy.copy.unreachable':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} cannot be reached. Please check it, or the proxy in Settings, Network. Events waiting: {count}.',
  'conditions.proxy.copy.socks':
    'Roost Relay {version}: since {sinceAt} the settings of this PC name the SOCKS proxy {proxy}. Roost Relay goes through proxies that speak HTTP: please enter one in Settings, Network, or choose None there for a direct way. Events waiting: {count}.',
  'conditions.proxy.copy.refused':
    'Roost Relay {version}: since {sinceAt} the proxy {proxy} refuses to connect to {hosts} ({status}). Please allow these hosts. Events waiting: {count}.',
  'conditions.tls_interception.copy.issuer':
    'Roost Relay {version}: since {sinceAt} the certificates of {hosts} come from “{issuer}”. An antivirus or firewall on the way is inspecting HTTPS. Please add an exception for these hosts or for Roost Relay, or install its root certificate on this PC or in Settings, Network. Events waiting: {count}.',
  'conditions.proxy.copy':
    'Roost Relay {version}: since {sinceAt} the configured proxy cannot be reached or asks for a password (407). Please check the proxy in Settings, Network. Events waiting: {count}.',

  'conditions.clock_wrong.title': "This PC's clock is wrong",
  'conditions.clock_wrong.meaning.ahead':
    'It is {skewMs} ahead, so receivers refuse what this PC sends. Events are safe and wait.',
  'conditions.clock_wrong.meaning.behind':
    'It is {skewMs} behind, so receivers refuse what this PC sends. Events are safe and wait.',
  'conditions.clock_wrong.step': "Fix date and time in this PC's settings.",
  'conditions.clock_wrong.over': "This PC's clock is right again.",

  'conditions.disk_low.title': "This PC's disk is nearly full",
  'conditions.disk_low.meaning':
    '{freeBytes} are left. The PMS is asked to wait, and files and databases are not read, so new events may come late.',
  'conditions.disk_low.step': 'Empty the recycle bin or move large files away.',
  'conditions.disk_full.title': "This PC's disk is full",
  'conditions.disk_full.meaning': 'New events cannot be taken until there is space. What was taken before is safe.',
  'conditions.disk_full.step': 'Empty the recycle bin or move large files away now.',
  'conditions.disk_read_only.title': "The disk of Roost Relay's data folder can only be read",
  'conditions.disk_read_only.meaning': 'New events cannot be taken. What was taken before is safe.',
  'conditions.disk_read_only.step': 'Check that disk, and make it writable again. Nothing need be started anew.',
  'conditions.disk_no_rights.title': 'Roost Relay may not write its own data folder any more',
  'conditions.disk_no_rights.meaning':
    'The rights of this account to {folder} were taken away. New events cannot be taken. What was taken before is safe.',
  'conditions.disk_no_rights.step':
    'Give this account the right to read and write {folder}: on Windows under Properties, Security; where an antivirus guards folders (“Controlled folder access”), let Roost Relay through. Nothing need be started anew.',
  'conditions.open_files.title.app': 'Roost Relay has as many files and connections open as it may',
  'conditions.open_files.title.pc': 'This PC has as many files and connections open as it may',
  'conditions.open_files.meaning':
    'Nothing further can be opened: a PMS that connects anew may get no answer, deliveries wait, and no backup is made. What was taken is safe, and the disk is not to blame.',
  'conditions.open_files.step.app':
    'End the program that keeps so many connections to Roost Relay open. Where there is none, restart Roost Relay.',
  'conditions.open_files.step.limit':
    'End the program that keeps so many connections to Roost Relay open. Where there is none, allow Roost Relay more than {most} (LimitNOFILE of its service, or ulimit -n), then restart it.',
  'conditions.open_files.step.pc': 'Find out which program has so many open and end it, or restart this PC.',
  'conditions.open_files.over': 'Files and connections can be opened again. Everything goes on.',
  'conditions.closed.title': 'Roost Relay may not read and write {path}',
  'conditions.closed.meaning.data':
    'Events are still taken and sent, and nothing is lost. But Roost Relay could not start anew.',
  'conditions.closed.meaning.database':
    'Events are still taken and sent, and nothing is lost. But no backup can be made, and Roost Relay could not start anew.',
  'conditions.closed.meaning.spool':
    'What is handed in on the command line while Roost Relay does not run cannot be kept there, or stays there and is not taken. What is posted is taken as usual.',
  'conditions.closed.meaning.backups': 'No backup can be made there. Events are taken and sent as usual.',
  'conditions.closed.meaning.logs': 'What happens is written into no log. Events are taken and sent as usual.',
  'conditions.closed.step':
    'Give this account the right to read and write {path}: on Windows under Properties, Security; where an antivirus guards folders (“Controlled folder access”), let Roost Relay through. Nothing need be started anew.',
  'conditions.closed.over': 'Roost Relay may read and write {path} again.',
  'conditions.disk.over': 'There is enough disk space again. New events are taken as usual.',
  'conditions.disk.over.written': 'The data folder can be written again. New events are taken as usual.',

  'conditions.intake_elsewhere.title': 'What the PMS sends to port {port} does not arrive',
  'conditions.intake_elsewhere.meaning.taken':
    'Another program uses port {port}. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.taken_by':
    'The program {program} uses port {port}. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.taken_by_account':
    'A program of the account {account} uses port {port}. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.taken_by_both':
    'The program {program} of the account {account} uses port {port}. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.relay':
    'Another Roost Relay on this PC uses port {port}, with data of its own: what the PMS sends goes there. Events are taken here at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.relay_of':
    'Another Roost Relay on this PC, of the account {account}, uses port {port}, with data of its own: what the PMS sends goes there. Events are taken here at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.forbidden':
    'The system keeps port {port} for itself and gives it to no program. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.meaning.other':
    'Nothing can listen on port {port} now. Events are taken at {address} meanwhile, and deliveries go on.',
  'conditions.intake_elsewhere.step.taken':
    'End the other program: port {port} is tried again by itself. Or set the intake port to {free}, which is free, in the settings and in the PMS.',
  'conditions.intake_elsewhere.step.relay':
    'One account alone should run Roost Relay: quit it in the other one, and port {port} is taken by itself. Or set the intake port to {free}, which is free, here and in the PMS.',
  'conditions.intake_elsewhere.step.forbidden':
    'Set the intake port to {free}, which is free, in the settings and in the PMS. Port {port} is tried again by itself. On Windows, “netsh interface ipv4 show excludedportrange protocol=tcp” lists what is kept.',
  'conditions.intake_elsewhere.step.other':
    'Port {port} is tried again by itself. Or set the intake port to {free}, which is free, in the settings and in the PMS.',
  'conditions.lan_missing.title': 'Other PCs of the property cannot send events now',
  'conditions.lan_missing.step':
    'It is tried again by itself; change the settings of the local network if that stays so.',
  'conditions.messages_kept.title.none': 'Messages of {name} are kept: no event was made of them',
  'conditions.messages_kept.title.one': '1 message of {name} is kept: no event was made of it',
  'conditions.messages_kept.title.many': '{count} messages of {name} are kept: no event was made of them',
  'conditions.messages_kept.meaning':
    'What {name} sent could not be understood, or came while it was being set up, so that nothing of it reached anybody. Nothing is lost: it can be taken in.',
  'conditions.messages_kept.step':
    'Ask your IT helper to look at what {name} sends: mend its shape or its table of types, and take it in, or drop it.',
  'conditions.messages_kept.step.revoked':
    '{name} is revoked; what is kept of it stays. Ask your IT helper to mend it and take it in, or to drop it.',
  'conditions.messages_kept.over': 'Nothing of {name} is kept any more.',
  'conditions.files_stuck.title.none': 'Files of {name} cannot be taken out of the way',
  'conditions.files_stuck.title.one': '1 file of {name} cannot be taken or moved',
  'conditions.files_stuck.title.many': '{count} files of {name} cannot be taken or moved',
  'conditions.files_stuck.step.full':
    'Remove what is not needed from that disk. It goes on by itself, and nothing is lost or taken twice. Waiting: {files}.',
  'conditions.files_stuck.step.full.more':
    'Remove what is not needed from that disk. It goes on by itself, and nothing is lost or taken twice. Waiting: {files} and {more} more.',
  'conditions.files_stuck.step.rights':
    'Close the program that holds them, or give the account that Roost Relay runs as the right to read and move files there. It goes on by itself, and nothing is lost or taken twice. Waiting: {files}.',
  'conditions.files_stuck.step.rights.more':
    'Close the program that holds them, or give the account that Roost Relay runs as the right to read and move files there. It goes on by itself, and nothing is lost or taken twice. Waiting: {files} and {more} more.',
  'conditions.files_stuck.step.other':
    'Look at the folder and at its disk or share. It is tried again by itself, and nothing is lost or taken twice. Waiting: {files}.',
  'conditions.files_stuck.step.other.more':
    'Look at the folder and at its disk or share. It is tried again by itself, and nothing is lost or taken twice. Waiting: {files} and {more} more.',
  'conditions.files_stuck.over': 'The files of {name} are taken and moved again.',
  'conditions.files_rejected.title.none': 'Files of {name} could not be read, or not whole',
  'conditions.files_rejected.title.one': '1 file of {name} could not be read, or not whole',
  'conditions.files_rejected.title.many': '{count} files of {name} could not be read, or not whole',
  'conditions.files_rejected.meaning': 'In “rejected” in its folder, each with the reason beside it: {files}.',
  'conditions.files_rejected.meaning.more':
    'In “rejected” in its folder, each with the reason beside it: {files} and {more} more.',
  'conditions.files_rejected.step':
    'Ask your IT helper to mend each and move it back into the folder, or to remove from “rejected” what is not needed.',
  'conditions.files_rejected.step.revoked':
    '{name} is revoked and takes none of it. Ask your IT helper to hand each in at another source, or to remove from “rejected” what is not needed.',
  'conditions.files_rejected.step.revoked_away':
    '{name} is revoked and its folder is away, so nobody knows whether they still lie there. Ask your IT helper to connect it and hand each in at another source, or to say on the page of {name} that they are seen to.',
  'conditions.files_rejected.over': 'No file of {name} lies in “rejected” any more.',
  'conditions.source_away.title': '{name} cannot be read',
  'conditions.source_away.title.held': 'Many rows of {name} are gone at once',
  'conditions.source_away.step':
    'Connect it again. What is written there meanwhile is taken in as soon as it can be read.',
  'conditions.source_away.step.said':
    'It is looked at again by itself. What is written there meanwhile is taken in as soon as it can be read.',
  'conditions.source_away.step.held':
    'Look in the PMS whether they are. If so, say so on the page of {name}, and they are told at once; if not, say there that they are kept.',
  'conditions.source_away.over': '{name} can be read again.',
  'conditions.export_away.title.deliveries': 'The scheduled export of deliveries cannot be written',
  'conditions.export_away.title.attempts': 'The scheduled export of attempts cannot be written',
  'conditions.export_away.title.events': 'The scheduled export of events cannot be written',
  'conditions.export_away.step':
    'Connect its drive or share again, or choose another folder under Export. It is tried again by itself, and what was missed is written then.',
  'conditions.export_away.step.filter':
    'Give it another filter under Export, or remove it. What was missed is written then.',
  'conditions.export_away.over': 'The scheduled exports are written again.',
  'conditions.upkeep_undone.title.hourly': 'The hourly backup cannot be made',
  'conditions.upkeep_undone.title.nightly': 'The nightly backup cannot be made',
  'conditions.upkeep_undone.title.retention': 'What is old cannot be removed',
  'conditions.upkeep_undone.step.backup':
    'Put that right, or save a backup somewhere else in Settings meanwhile. It is tried again by itself; events are taken and sent as usual.',
  'conditions.upkeep_undone.step.retention':
    'Put that right: until then older data stays than the settings say. It is tried again every night; events are taken and sent as usual.',
  'conditions.upkeep_undone.over.backup': 'Backups are made again.',
  'conditions.upkeep_undone.over.retention': 'What is old was removed.',
  'conditions.source_quiet.title': '{name} is quieter than usual',
  'conditions.source_quiet.meaning.never': 'No event has come from it yet.',
  'conditions.source_quiet.meaning.last': 'Its last event came at {lastAt}.',
  'conditions.source_quiet.meaning.usual': 'Its last event came at {lastAt}. Usually {usual} have come by now.',
  'conditions.source_quiet.step': 'Check that {name} is running and connected.',
  'conditions.source_quiet.over': '{name} is sending events again.',

  'conditions.secrets_unreadable.title.locked': 'Secrets cannot be read now',
  'conditions.secrets_unreadable.title.no_key': 'The key of the secrets is missing or damaged',
  'conditions.secrets_unreadable.title.unreadable': 'Secrets have to be entered again',
  'conditions.secrets_unreadable.meaning.none': 'Nothing can be signed, so events are safe and wait.',
  'conditions.secrets_unreadable.meaning.one': 'Nothing can be signed for 1 endpoint, so its events are safe and wait.',
  'conditions.secrets_unreadable.meaning.many':
    'Nothing can be signed for {count} endpoints, so their events are safe and wait.',
  'conditions.secrets_unreadable.step.locked':
    "Unlock this PC's keyring or sign in as the usual user. It is tried again by itself. On Linux a keyring that opens later is seen only after Roost Relay has been quit and started again.",
  'conditions.secrets_unreadable.step.no_key':
    'Put data-key.json back into the data folder from a copy: it is taken up by itself. Or enter the secrets again at each endpoint: a new key is made then.',
  'conditions.secrets_unreadable.step.unreadable':
    'The secrets belong to another PC or user. Enter them again at each endpoint.',
  'conditions.secrets_unreadable.over': 'Secrets can be read again.',

  'conditions.vault_plain.title': "Secrets on this PC are not protected by the system's keyring",
  'conditions.vault_plain.meaning': "Whoever can read this user's files can read them. Delivering is not affected.",
  'conditions.vault_plain.step':
    'Set up a keyring (GNOME Keyring or KWallet) for this user, then quit Roost Relay and start it again: a keyring that opens later is not seen before.',

  'conditions.all_paused.title': 'All deliveries are paused until {untilAt}',
  'conditions.all_paused.headline': 'Deliveries are paused until {untilAt}.',
  'conditions.all_paused.meaning.none': 'New events are kept safe on this PC.',
  'conditions.all_paused.meaning.one': '1 event is safe and waiting.',
  'conditions.all_paused.meaning.many': '{count} events are safe and waiting.',

  'conditions.engine_restarting.title': 'The engine is being restarted',
  'conditions.engine_restarting.meaning': 'Events that were taken are safe. What is shown may be a moment old.',
  'conditions.engine_stopped.title': 'The engine is not running',
  'conditions.engine_stopped.meaning': 'No events are taken or sent. What was taken before is safe.',

  'conditions.database_gone.title': 'The database is not in its place any more',
  'conditions.database_gone.meaning':
    'Its file (relay.db) was deleted, moved or replaced while Roost Relay runs. Nothing is taken or recorded until it is back.',
  'conditions.database_gone.step.backup':
    'Put relay.db and relay.db-wal back into the data folder. Where they are lost, restart Roost Relay and restore the backup of {backupAt}.',
  'conditions.database_gone.step.no_backup':
    'Put relay.db and relay.db-wal back into the data folder. Where they are lost, restart Roost Relay and set it up again.',
  'conditions.database_gone.over': 'The database is back in its place. Events are taken again.',
  'conditions.database_emptied.title': 'The database was emptied or cut off by another program',
  'conditions.database_emptied.meaning':
    'It happened while Roost Relay runs. Nothing is taken or recorded, so that nothing is taken and lost.',
  'conditions.database_emptied.step.backup':
    'Restore the backup of {backupAt}: run {relay} restore --last, do as it says, then restart Roost Relay.',
  'conditions.database_emptied.step.no_backup':
    'Put relay.db back from a copy, then restart Roost Relay. Where there is none, empty the data folder and set it up again.',
  'conditions.database_held.title': 'Another program holds the database',
  'conditions.database_held.meaning':
    'Backup software or a virus scanner has it for itself. New events are refused and sent again by the PMS; what was taken before is safe.',
  'conditions.database_held.step.wait': 'Nothing to do: most let go of it within a minute.',
  'conditions.database_held.step.lasts':
    'Find out which program works on the data folder now, and leave the folder out of what it copies or scans.',
  'conditions.database_held.over': 'The database is free again. New events are taken as usual.',
  'conditions.database_unreachable.title': 'The data folder cannot be read or written now',
  'conditions.database_unreachable.meaning':
    'Its disk does not answer, or something stands in the way. New events cannot be taken. What was taken before is safe where it lies.',
  'conditions.database_unreachable.step':
    'See whether the disk is connected and sound. Once it answers, everything goes on by itself.',
  'conditions.database_unreachable.over': 'The data folder can be written again. New events are taken as usual.',
  'conditions.database_damaged.title': 'The database is damaged',
  'conditions.database_damaged.meaning.backup': 'The last backup was made at {backupAt}.',
  'conditions.database_damaged.meaning.no_backup': 'There is no backup yet.',
  'conditions.database_damaged.step':
    'Restore a backup in Settings, or run {relay} restore --last and do as it says. Until then new events are refused, so that none is taken and lost. The damaged data is kept aside.',
  'conditions.database_damaged.over': 'The database is whole again. New events are taken as usual.',

  'conditions.events_lost.title': 'Events that were taken are missing',
  'conditions.events_lost.meaning.one':
    'Damage to the database cut off the last event that the PMS was told is safe, of {untilAt}. What was done in that time may be done once more.',
  'conditions.events_lost.meaning.many':
    'Damage to the database cut off the last {count} events that the PMS was told are safe, the last of {untilAt}. What was done in that time may be done once more.',
  'conditions.events_lost.step.since':
    'Compare with the PMS what it sent between {sinceAt} and {untilAt}, and have it send again what is missing here. Have the disk of this PC checked.',
  'conditions.events_lost.step.all':
    'Compare with the PMS what it sent until {untilAt}, and have it send again what is missing here. Have the disk of this PC checked.',

  'conditions.restore_pending.title': 'A backup takes the place of everything at the next start',
  'conditions.restore_pending.meaning':
    'It was chosen at {sinceAt}. Events that came after it was made are put aside then; those of them that still wait are not sent.',
  'conditions.restore_pending.meaning.damaged':
    'It was chosen at {sinceAt}. What can still be read of what came after it was made is carried over then; the damaged data is put aside.',
  'conditions.restored.title': 'A backup was restored at {restoredAt}',
  'conditions.restored.meaning.all.left':
    'What is here is as it was at {madeAt}. What came after that was put aside and is not sent.',
  'conditions.restored.meaning.all.left.none': 'What is here is as it was at {madeAt}. No event had come after that.',
  'conditions.restored.meaning.all.left.one':
    'What is here is as it was at {madeAt}. 1 event that came after that was put aside and is not sent; not yet with every receiver: {open}.',
  'conditions.restored.meaning.all.left.many':
    'What is here is as it was at {madeAt}. {count} events that came after that were put aside and are not sent; not yet with every receiver: {open}.',
  'conditions.restored.meaning.part.left.none':
    'What is here is as it was at {madeAt}, without the log and the keys that drop duplicates of before. No event had come after that.',
  'conditions.restored.meaning.part.left.one':
    'What is here is as it was at {madeAt}, without the log and the keys that drop duplicates of before. 1 event that came after that was put aside and is not sent; not yet with every receiver: {open}.',
  'conditions.restored.meaning.part.left.many':
    'What is here is as it was at {madeAt}, without the log and the keys that drop duplicates of before. {count} events that came after that were put aside and are not sent; not yet with every receiver: {open}.',
  'conditions.restored.meaning.part.left':
    'What is here is as it was at {madeAt}, without the log and the keys that drop duplicates of before. What came after that was put aside and is not sent.',
  'conditions.restored.meaning.all.carried':
    'The data was damaged; the backup of {madeAt} took its place. Of the events after that {carried} were carried over and {missing} are missing. Deliveries that had arrived since and are not sent again: {delivered}; events sent without knowing whether they arrived: {unsure}.',
  'conditions.restored.meaning.part.carried':
    'The data was damaged; the backup of {madeAt} took its place, which holds no log and no keys that drop duplicates of before but for what could be read. Of the events after that {carried} were carried over and {missing} are missing. Deliveries that had arrived since and are not sent again: {delivered}; events sent without knowing whether they arrived: {unsure}.',
  'conditions.restored.meaning.all.not_carried':
    'The data was damaged; the backup of {madeAt} took its place. What came after that could not be carried over, and is not sent: {detail}',
  'conditions.restored.meaning.part.not_carried':
    'The data was damaged; the backup of {madeAt} took its place, which holds no log and no keys that drop duplicates of before. What came after that could not be carried over, and is not sent: {detail}',
  'conditions.restored.step.none': 'Nothing to do. What was there before is kept in {folder}.',
  'conditions.restored.step.aside.list':
    'Have the PMS send again what it sent since {madeAt}; or send what had not arrived from its list, {relay} emit --file "{file}", once the set-up is as it was. What was there before is kept in {folder}.',
  'conditions.restored.step.aside.pms':
    'Have the PMS send again what it sent since {madeAt}. What was there before is kept in {folder}.',
  'conditions.restored.step.kept': 'What was there before is kept in {folder}.',
  'conditions.restored.step.missing.since':
    'Compare with the PMS what it sent since {madeAt}, and have it send again what is missing here. What was there before, and a list of what came after the backup, are kept in {folder}.',
  'conditions.restored.step.missing':
    'Compare with the PMS what it sent between {madeAt} and {untilAt}, and have it send again what is missing here. What was there before, and a list of what came after the backup, are kept in {folder}.',
  'conditions.restored_set_up.title': 'Set-up of after the backup is not here any more',
  'conditions.restored_set_up.meaning':
    'The backup of {madeAt} took the place of everything. Gone: endpoints: {endpoints}; sources: {sources}; scheduled exports: {schedules}; changed or removed since, and as before that again: {changed}; settings: {settings}.',
  'conditions.restored_set_up.meaning.damaged':
    'The backup of {madeAt} took the place of damaged data. Could not be carried over: endpoints: {endpoints}; sources: {sources}; scheduled exports: {schedules}; changed or removed since, and as before that again: {changed}; settings: {settings}.',
  'conditions.restored_set_up.meaning.unreadable':
    'The backup of {madeAt} took the place of damaged data, of whose set-up not all could be read: endpoints, sources and settings of after the backup may be gone.',
  'conditions.restored_set_up.step':
    'Compare endpoints, sources and settings with what they were, and set up again what is gone: a PMS whose source is gone is refused. What was there before is kept in {folder}.',
  'conditions.restore_pending.step': 'In Settings, Storage and backup: restore it now, or keep what is here now.',

  'conditions.autostart_off.title': 'Roost Relay no longer starts when this PC starts',
  'conditions.autostart_off.meaning':
    'After the next restart no events would be taken or sent until somebody opens it.',
  'conditions.autostart_off.step': 'Switch “Start when this PC starts” on again in the settings.',

  'conditions.sleeps_at_night.title': 'This PC sleeps at night, so events wait until morning',
  'conditions.sleeps_at_night.meaning.one':
    'It last slept from {fromAt} to {untilAt}, and {count} event that could have gone out waited. So it was on {nights} nights of the last week.',
  'conditions.sleeps_at_night.meaning.many':
    'It last slept from {fromAt} to {untilAt}, and {count} events that could have gone out waited. So it was on {nights} nights of the last week.',
  'conditions.sleeps_at_night.step':
    'Keep it awake while events wait? It sleeps as before once they are out. A laptop whose lid is closed sleeps all the same.',

  'conditions.late_start.title': 'This PC started at {pcAt}, but nobody signed in until {appAt}',
  'conditions.late_start.meaning':
    'Roost Relay starts when somebody signs in: until then it took no event and sent none. Times that this has happened in two weeks: {count}, as after an update that restarts the PC at night.',
  'conditions.late_start.step':
    'Have the PC start it without anybody signed in: the command for it stands in the settings, under Starting.',
} as const;
