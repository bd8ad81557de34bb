import { nextTick } from 'vue';

/**
 * A listener for presses on links to media: where the address is old, the link is followed once it
 * has a new one.
 */
export const followFresh =
  (fresh: () => boolean, renew: () => Promise<void>) =>
  async (event: MouseEvent): Promise<void> => {
    if (fresh()) return;
    const link = event.currentTarget as HTMLAnchorElement;
    event.preventDefault();
    await renew();
    await nextTick();
    if (fresh() && link.isConnected) link.click();
  };
