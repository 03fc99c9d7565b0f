/** Table and column: a sealed letter opens only where it was put. */
export const sealedAt = 'wecom_letter.body';
