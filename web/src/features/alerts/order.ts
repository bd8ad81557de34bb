import { ALERT_SEVERITIES } from '@switchboard/domain';
import type { ListedAlert } from '../../data/alerts.ts';

/** The most pressing first, of those the newest. */
export const bySeverity = (alerts: readonly ListedAlert[]): readonly ListedAlert[] =>
  [...alerts].sort(
    (a, b) =>
      ALERT_SEVERITIES.indexOf(a.severity) - ALERT_SEVERITIES.indexOf(b.severity) ||
      (b.lastAt ?? 0) - (a.lastAt ?? 0),
  );
