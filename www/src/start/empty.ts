/** An empty start: one subnet, a function, and a bucket to ask for. */

import { NEW, type Case } from '../cases';

export const empty: Case = {
  name: NEW,
  title: { en: 'New document', ja: '新しい文書' },
  text: `{
  "region": "us-east-1",
  "vpcs": {
    "my-vpc": { "cidr": "10.0.0.0/16" }
  },
  "subnets": {
    "private-a": { "cidr": "10.0.1.0/24", "availabilityZone": "us-east-1a" }
  },
  "functions": {
    "my-function": { "subnets": ["private-a"], "securityGroups": ["default"] }
  },
  "buckets": {
    "my-bucket": {}
  }
}
`,
};
