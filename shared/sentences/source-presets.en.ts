/** How each known system is set up to send, in English: what is in capitals or quotes is called so on its own screens. */
export const sourcePresetsEn = {
  'preset.odoo.1':
    'In Odoo, open Settings, Technical, Automation Rules, and make a rule for the model (Reservation, Point of Sale Orders, Stock Quant) with the trigger "On save".',
  'preset.odoo.2': 'Add the action "Send Webhook Notification" with this address: {url}',
  'preset.odoo.3':
    'As its fields choose at least State and Last Updated on (write_date), and what receivers need: Name, Check-in, Check-out, Total; of payments Amount and Payment Type too, which tells money paid out from money received. Of the guest Odoo sends a number only; for the name, choose or add a text field such as guest_name (related to the guest’s name). Save, then change one record.',
  'preset.frappe.1':
    'In Frappe or ERPNext, open Webhook and make a new one for the DocType (Hotel Room Reservation, POS Invoice, Payment Entry) with the event "on_update".',
  'preset.frappe.2':
    'Under Webhook Data choose doctype, name, status, modified, of a Payment Entry payment_type too, and what receivers need. Request URL: {url}',
  'preset.frappe.3': `If you switch on Webhook Security, enter its secret here too, as the source's signature "frappe".`,
  'preset.directus.1':
    'In Directus, make a Flow with the trigger "Event Hook" (Action) for items.create, items.update and items.delete of your collections.',
  'preset.directus.2': 'Add the operation "Webhook / Request URL", method POST, with this address: {url}',
  'preset.directus.3':
    'As its Request Body write {{ $trigger }} and nothing else: that is event (bookings.items.create), payload, key or keys, and collection. Save, then change one item.',
  'preset.node_red.1':
    'In Node-RED, put an "http request" node at the end of your flow: method POST, and this address: {url}',
  'preset.node_red.2':
    'Before it, a "function" node makes the body: topic says what it is (booking, checkin, checkout, paid), payload is an object with booking_id and the rest.',
  'preset.node_red.3': 'Deploy, and let the flow run once.',
  'preset.home_assistant.1':
    "In Home Assistant's configuration.yaml, add a rest_command with method post, content_type application/json and this url: {url}",
  'preset.home_assistant.2':
    'Its payload is JSON with trigger (checkin, checkout, low), entity_id, name, state and last_changed.',
  'preset.home_assistant.3': 'Call the rest_command in an automation, and run it once.',
  'preset.mews.1':
    'Mews sends from the internet: this PC needs an address that it can reach, such as a tunnel to {url}',
  'preset.mews.2': 'Ask Mews to add that address as a general webhook of your integration, for ServiceOrderUpdated.',
  'preset.mews.3': 'Change one reservation. Mews sends ids alone: receivers ask Mews for the rest.',
  'preset.apaleo.1':
    'Apaleo sends from the internet: this PC needs an address that it can reach, such as a tunnel to {url}',
  'preset.apaleo.2': 'In Apaleo, subscribe that address to the topic Reservation.',
  'preset.apaleo.3': 'Change one reservation. Health checks come every two minutes, and are ignored.',
  'preset.cloudbeds.1':
    'Cloudbeds sends from the internet: this PC needs an address that it can reach, such as a tunnel to {url}',
  'preset.cloudbeds.2':
    "Subscribe that address with Cloudbeds' postWebhook call to reservation/created, reservation/status_changed and reservation/dates_changed.",
  'preset.cloudbeds.3': 'Change one reservation. Cloudbeds sends ids alone: receivers ask Cloudbeds for the rest.',
  'preset.generic_csv.1': 'Let the system write CSV files with a header row into this folder: {folder}',
  'preset.generic_csv.2':
    'The column event, type or status says what a row is; booking_id, order_id, item_id or payment_id what it is about. Booking No, Reservation Number or Receipt # will do too.',
  'preset.generic_csv.3': 'Where the system has other words, add them to the table of types.',
  'preset.qloapps.1': "Give this source the address of QloApps' database and a user that can only read.",
  'preset.qloapps.2':
    'Run there what "source script --system qloapps" prints. Or watch the table htl_booking_detail (reads=table), with id as its key and date_upd as the time of a change.',
  'preset.qloapps.3': 'Check one guest in at QloApps, and look what comes.',
  'preset.opera_xml.1': 'In OPERA, set up the business event export that writes OTA_HotelStayInfoNotifRQ files.',
  'preset.opera_xml.2':
    'Let it write into this folder, where each file is moved to "processed" once it is taken: {folder}',
  'preset.opera_xml.3': 'Change one reservation, and look what comes.',
  'preset.roommaster.1': 'In roomMaster, set up the interface that writes OTA_HotelStayInfoNotifRQ files.',
  'preset.roommaster.2':
    'Let it write into this folder, where each file is moved to "processed" once it is taken: {folder}',
  'preset.roommaster.3': 'Change one reservation, and look what comes.',
} as const;
