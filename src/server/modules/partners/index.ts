export { namesOf, noteDelivery, partnersAt, type DeliveryWish, type PartnerHere, type PartnerName } from './ports.ts';
