import type { Verdict } from '../types';

const TONES: Record<Verdict, 'pass' | 'fail' | 'part' | 'none'> = {
  succeeds: 'pass',
  timesOut: 'fail',
  intermittent: 'part',
  nameNotResolved: 'fail',
  refused: 'fail',
  accessDenied: 'fail',
  redirected: 'part',
  neverStarts: 'fail',
  undetermined: 'none',
};

export const toneOfVerdict = (verdict: Verdict): 'pass' | 'fail' | 'part' | 'none' => TONES[verdict];
