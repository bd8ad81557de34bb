import type { Auth } from 'firebase-admin/auth';
import type { Accounts } from '../ports.ts';

/** Colleagues' accounts in Firebase Auth. */
export const firebaseAccounts = (auth: Auth): Accounts => ({
  async apply(uid, claims) {
    await auth.setCustomUserClaims(uid, claims);
    await auth.updateUser(uid, { disabled: claims === null });
    if (claims === null) await auth.revokeRefreshTokens(uid);
  },
});
