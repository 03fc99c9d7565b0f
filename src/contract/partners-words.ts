/** Words of partners (社区合伙人) that code decides by; what it only shows are dictionaries of db/data. */

export const agreementStates = ['draft', 'waiting', 'running', 'ending', 'ended'] as const;
/** 拟定、待生效、履行中、即将到期、已到期 */
export type AgreementState = (typeof agreementStates)[number];

export const partnerStates = [...agreementStates, 'left'] as const;
export type PartnerState = (typeof partnerStates)[number];

export const pledgeEveries = ['once', 'weekly', 'monthly', 'quarterly'] as const;
export type PledgeEvery = (typeof pledgeEveries)[number];

export const deliverySources = ['station', 'partner', 'donation', 'activity'] as const;
export type DeliverySource = (typeof deliverySources)[number];

export const deliveryStates = ['waiting', 'confirmed', 'refused'] as const;
export type PartnerDeliveryState = (typeof deliveryStates)[number];
