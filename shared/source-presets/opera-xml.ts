/**
 * OPERA's export files: `OTA_HotelStayInfoNotifRQ`, a stay with its status in each `StayInfo`. Numbers are texts in XML.
 * Some interfaces put it into a SOAP envelope.
 */
import type { SourcePreset } from './preset.ts';

const shape = `{%- assign root = message.Body.OTA_HotelStayInfoNotifRQ | default: message -%}
{%- if root.EchoData or message.Body.OTA_PingRQ -%}{ "ignore": "It is a ping." }
{%- else -%}
{%- assign stays = root.StayInfos.StayInfo | default: root.StayInfo | default: root.HotelReservation | required: "StayInfo" | list -%}
[{% for each in stays %}{% assign stay = each.HotelReservation | default: each %}{% assign ids = stay.UniqueID | required: "UniqueID" | list %}{% assign first = ids[0] %}{% assign opening = first | json | slice: 0 %}{% if opening == "{" %}{% assign booking = first.ID %}{% else %}{% assign booking = first %}{% endif %}{% assign rooms = stay.RoomStays.RoomStay | list %}{% assign room = rooms[0] %}{% assign guests = stay.ResGuests.ResGuest | list %}{% assign profiles = guests[0].Profiles.ProfileInfo | list %}{% assign person = profiles[0].Profile.Customer.PersonName %}{% assign kinds = room.RoomTypes.RoomType | list %}
  {
    "event": "{{ stay.ResStatus | required: "ResStatus" | type }}",
    {% if stay.LastModifyDateTime and stay.LastModifyDateTime != "" %}"id": "{{ booking }}:{{ stay.ResStatus }}:{{ stay.LastModifyDateTime }}",{% endif %}
    "timestamp": {{ stay.LastModifyDateTime | default: root.TimeStamp | default: message._envelope.TimeStamp | json }},
    "data": {
      "booking_id": {{ booking | required: "UniqueID.ID" | json }},
      {% if person %}"guest_name": "{{ person.GivenName }}{% if person.GivenName and person.Surname %} {% endif %}{{ person.Surname }}",{% endif %}
      {% if kinds[0].RoomID %}"room": { "id": {{ kinds[0].RoomID | json }}, "name": {{ kinds[0].RoomTypeCode | default: kinds[0].RoomID | json }} },{% endif %}
      {% if room.TimeSpan.Start %}"check_in": {{ room.TimeSpan.Start | json }},{% endif %}
      {% if room.TimeSpan.End %}"check_out": {{ room.TimeSpan.End | json }},{% endif %}
      {% if room.Total.AmountAfterTax %}"total": {{ room.Total.AmountAfterTax | json }}, "currency": {{ room.Total.CurrencyCode | json }},{% endif %}
      "ota": {{ stay | json }}
    }
  }{% unless forloop.last %},{% endunless %}
{% endfor %}]
{%- endif -%}
`;

export const operaXml: SourcePreset = {
  name: 'opera_xml',
  label: 'OPERA (XML)',
  kinds: ['folder', 'http'],
  config: {},
  shape,
  types: {
    Reserved: 'booking.created',
    Confirmed: 'booking.created',
    Modified: 'booking.updated',
    Waitlisted: 'ignore',
    Requested: 'ignore',
    Prospect: 'ignore',
    'Due in': 'ignore',
    'Due out': 'ignore',
    Cancelled: 'booking.cancelled',
    Cancel: 'booking.cancelled',
    Canceled: 'booking.cancelled',
    'No-show': 'booking.cancelled',
    'In-house': 'guest.checkin',
    'Checked in': 'guest.checkin',
    'Checked out': 'guest.checkout',
    'Checked-out': 'guest.checkout',
  },
  times: 'property',
  steps: ['preset.opera_xml.1', 'preset.opera_xml.2', 'preset.opera_xml.3'],
};
