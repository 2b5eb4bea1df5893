/** The same in Filipino. */
import type { sourcePresetsEn } from './source-presets.en.ts';

export const sourcePresetsFil: Record<keyof typeof sourcePresetsEn, string> = {
  'preset.odoo.1':
    'Sa Odoo, buksan ang Settings, Technical, Automation Rules, at gumawa ng rule para sa model (Reservation, Point of Sale Orders, Stock Quant) na "On save" ang trigger.',
  'preset.odoo.2': 'Idagdag ang action na "Send Webhook Notification" na ito ang address: {url}',
  'preset.odoo.3':
    'Sa mga field, piliin kahit man lang ang State at Last Updated on (write_date), at ang kailangan ng mga tatanggap: Name, Check-in, Check-out, Total; sa mga bayad, pati ang Amount at Payment Type, na nagsasabi kung ibinayad o natanggap ang pera. Numero lang ng bisita ang ipinapadala ng Odoo; para sa pangalan, pumili o magdagdag ng text field gaya ng guest_name (related sa pangalan ng bisita). I-save, tapos baguhin ang isang record.',
  'preset.frappe.1':
    'Sa Frappe o ERPNext, buksan ang Webhook at gumawa ng bago para sa DocType (Hotel Room Reservation, POS Invoice, Payment Entry) na "on_update" ang event.',
  'preset.frappe.2':
    'Sa Webhook Data, piliin ang doctype, name, status, modified, sa Payment Entry pati ang payment_type, at ang kailangan ng mga tatanggap. Request URL: {url}',
  'preset.frappe.3':
    'Kung bubuksan ang Webhook Security, ilagay din dito ang secret nito, bilang pirmang "frappe" ng source.',
  'preset.directus.1':
    'Sa Directus, gumawa ng Flow na "Event Hook" (Action) ang trigger para sa items.create, items.update at items.delete ng mga collection mo.',
  'preset.directus.2': 'Idagdag ang operation na "Webhook / Request URL", method na POST, sa address na ito: {url}',
  'preset.directus.3':
    'Bilang Request Body, isulat ang {{ $trigger }} at wala nang iba: event iyon (bookings.items.create), payload, key o keys, at collection. I-save, tapos baguhin ang isang item.',
  'preset.node_red.1':
    'Sa Node-RED, maglagay ng "http request" node sa dulo ng flow: method na POST, at ang address na ito: {url}',
  'preset.node_red.2':
    'Bago ito, isang "function" node ang gagawa ng body: sinasabi ng topic kung ano ito (booking, checkin, checkout, paid), at object ang payload na may booking_id at iba pa.',
  'preset.node_red.3': 'I-deploy, at patakbuhin nang isang beses ang flow.',
  'preset.home_assistant.1':
    'Sa configuration.yaml ng Home Assistant, magdagdag ng rest_command na post ang method, application/json ang content_type, at ito ang url: {url}',
  'preset.home_assistant.2':
    'JSON ang payload nito na may trigger (checkin, checkout, low), entity_id, name, state at last_changed.',
  'preset.home_assistant.3': 'Tawagin ang rest_command sa isang automation, at patakbuhin ito nang isang beses.',
  'preset.mews.1':
    'Galing sa internet ang ipinapadala ng Mews: kailangan ng PC na ito ng address na maaabot nito, gaya ng tunnel papunta sa {url}',
  'preset.mews.2':
    'Ipadagdag sa Mews ang address na iyon bilang general webhook ng integration mo, para sa ServiceOrderUpdated.',
  'preset.mews.3':
    'Baguhin ang isang reservation. Mga id lang ang ipinapadala ng Mews: ang mga tatanggap ang kukuha ng iba pa.',
  'preset.apaleo.1':
    'Galing sa internet ang ipinapadala ng Apaleo: kailangan ng PC na ito ng address na maaabot nito, gaya ng tunnel papunta sa {url}',
  'preset.apaleo.2': 'Sa Apaleo, i-subscribe ang address na iyon sa topic na Reservation.',
  'preset.apaleo.3': 'Baguhin ang isang reservation. May health check bawat dalawang minuto, at hindi ito pinapansin.',
  'preset.cloudbeds.1':
    'Galing sa internet ang ipinapadala ng Cloudbeds: kailangan ng PC na ito ng address na maaabot nito, gaya ng tunnel papunta sa {url}',
  'preset.cloudbeds.2':
    'I-subscribe ang address na iyon sa postWebhook ng Cloudbeds para sa reservation/created, reservation/status_changed at reservation/dates_changed.',
  'preset.cloudbeds.3':
    'Baguhin ang isang reservation. Mga id lang ang ipinapadala ng Cloudbeds: ang mga tatanggap ang kukuha ng iba pa.',
  'preset.generic_csv.1': 'Ipasulat sa system ang mga CSV file na may header row sa folder na ito: {folder}',
  'preset.generic_csv.2':
    'Sinasabi ng column na event, type o status kung ano ang row; ng booking_id, order_id, item_id o payment_id kung tungkol saan ito. Puwede rin ang Booking No, Reservation Number o Receipt #.',
  'preset.generic_csv.3': 'Kung iba ang mga salita ng system, idagdag ang mga iyon sa talaan ng mga uri.',
  'preset.qloapps.1':
    'Ibigay sa source na ito ang address ng database ng QloApps at isang user na pagbabasa lang ang kaya.',
  'preset.qloapps.2':
    'Patakbuhin doon ang inilalabas ng "source script --system qloapps". O bantayan ang table na htl_booking_detail (reads=table), na id ang key at date_upd ang oras ng pagbabago.',
  'preset.qloapps.3': 'Mag-check in ng isang bisita sa QloApps, at tingnan ang darating.',
  'preset.opera_xml.1':
    'Sa OPERA, i-set up ang business event export na sumusulat ng mga file na OTA_HotelStayInfoNotifRQ.',
  'preset.opera_xml.2':
    'Pasulatin ito sa folder na ito, kung saan inililipat ang bawat file sa "processed" kapag natanggap na: {folder}',
  'preset.opera_xml.3': 'Baguhin ang isang reservation, at tingnan ang darating.',
  'preset.roommaster.1': 'Sa roomMaster, i-set up ang interface na sumusulat ng mga file na OTA_HotelStayInfoNotifRQ.',
  'preset.roommaster.2':
    'Pasulatin ito sa folder na ito, kung saan inililipat ang bawat file sa "processed" kapag natanggap na: {folder}',
  'preset.roommaster.3': 'Baguhin ang isang reservation, at tingnan ang darating.',
};
