/** The frames of the diagram from the outside in, with what each says in its header. */

import type { IconName } from '../parts/icons';
import { nameOf, type Messages } from '../words';
import type { Rect } from './geometry';
import type { Box, Layout, SubnetLayout, TierLayout } from './layout';

export interface Frame {
  readonly key: string;
  /** Classes of the frame; one without header is only a place. */
  readonly look: string;
  readonly rect: Rect;
  readonly icon: IconName | null;
  readonly name: string;
  readonly word?: string;
  readonly code?: string;
  readonly tag?: string;
  /** Shown at the foot of a subnet that nothing much happens in. */
  readonly via?: string;
  /** What choosing the header unfolds or folds. */
  readonly fold?: string;
  readonly open?: boolean;
  /** The component that choosing the header chooses. */
  readonly component?: string;
  readonly form: 'inside' | 'door' | 'outside';
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
}

function subnetFrame({ subnet, form, rect, boxes }: SubnetLayout, words: Messages): Frame {
  const folded = form === 'folded';
  return {
    key: subnet.component, look: `subnet ${subnet.public ? 'public' : 'private'} ${form}`, rect, component: subnet.component,
    icon: subnet.public ? 'publicSubnet' : 'privateSubnet', name: subnet.name, code: subnet.cidrs.join(' '), form: 'inside', boxes, frames: [],
    ...(folded ? { fold: subnet.component, word: subnet.cards.length > 0 ? String(subnet.cards.length) : '' } : { tag: subnet.public ? words.diagram.public : words.diagram.private }),
    ...(form === 'quiet' ? { via: nameOf(subnet.routeTable) } : {}),
  };
}

const tierFrame = ({ key, routeTable, public: isPublic, count, open, rect }: TierLayout, words: Messages): Frame => ({
  key, look: `subnet tier folded ${isPublic ? 'public' : 'private'}`, rect, icon: open ? 'down' : 'right', name: nameOf(routeTable), word: words.diagram.subnets(count), form: 'inside', boxes: [], frames: [],
  fold: key, open,
});

export function framesOf({ regions, internet, upright }: Layout, words: Messages): Frame[] {
  const { diagram } = words;
  return [
    ...regions.map(({ region, rect, vpcs, cards }): Frame => ({
      key: `region/${region.name}`, look: 'frame region', rect, icon: 'region', name: region.name, word: region.assumed ? diagram.regionAssumed : diagram.region,
      form: 'outside', boxes: cards,
      frames: vpcs.map(({ vpc, rect: vpcRect, zones, doors }): Frame => ({
        key: vpc.component, look: 'frame vpc', rect: vpcRect, icon: 'vpc', name: vpc.name, word: diagram.vpc, code: vpc.cidrs.join(' '), component: vpc.component,
        form: 'door', boxes: doors,
        frames: zones.map(({ zone, rect: zoneRect, headed, subnets, tiers }): Frame => ({
          key: `zone/${zone.name}`, look: headed ? 'zone' : '', rect: zoneRect, icon: headed ? 'zone' : null, name: zone.name || '—',
          ...(zoneRect.width > 300 ? { word: diagram.zone } : {}), form: 'inside', boxes: [], frames: [...tiers.map((tier) => tierFrame(tier, words)), ...subnets.map((subnet) => subnetFrame(subnet, words))].sort((a, b) => a.rect.y - b.rect.y),
        })),
      })),
    })),
    {
      key: 'internet', look: `frame net${internet.slim ? ' slim' : ''}${upright ? ' flat' : ''}`, rect: internet.rect, icon: 'internet', name: diagram.internet,
      form: 'outside', boxes: internet.cards, frames: [],
    },
  ];
}
