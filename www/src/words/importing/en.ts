export const en = {
  heading: 'Import configuration',
  lead: 'Drop a CloudFormation, SAM or CDK template, a Terraform plan or state as JSON, or what the AWS CLI printed: files or a whole folder. They are read here and sent nowhere.',
  files: 'Choose files',
  folder: 'Choose a folder',
  working: 'Reading',
  close: 'Close',
  scriptHeading: 'Collect everything with one script',
  scriptLead: 'It only reads, and writes one file. Run it where the AWS CLI works, then drop the file here.',
  script: 'Script',
  policy: 'IAM permissions',
  copy: 'Copy',
  copied: 'Copied',
  nothing: 'Nothing in these files is configuration that this page knows.',
  unavailable: 'The import could not be loaded.',
  parameters: 'Parameters of the template',
  applyParameters: 'Apply',
};

export type ImportingWords = typeof en;
