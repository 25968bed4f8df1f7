/** Links to files that are only marked as opened, for tests that open none. */
import type { Files } from '../../adapters/files';

export const links: Pick<Files, 'open' | 'openOutside'> = {
  open: (attachment) => ({ ...attachment, url: `${attachment.url}?opened` }),
  openOutside: (attachment) => ({ ...attachment, url: `https://help.example${attachment.url}?opened` }),
};
