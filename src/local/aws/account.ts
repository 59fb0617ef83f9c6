/** The account and the region that the stand-in's ARNs name. */
export const accountId = '000000000000';
export const defaultRegion = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'eu-west-1';
