/** What the site's page says where there are no scripts; the build writes it into the page. */

export const en = {
  about: 'vpcreach tells from configuration alone whether a Lambda function in a VPC reaches S3.',
  needs: 'This page needs JavaScript.',
  /** Before the picture of the page. */
  example: 'Without it, its first example can only be looked at.',
};

export type PageWords = typeof en;
