// Which downloads a filter `{state, q, all}` of the queue means: as the server is asked, and as it is known here.
import {downloads, isLater, STATES, stateOf} from '../core/downloads.js';
import {session} from '../core/session.js';

export const isRunning = download => download?.status === 'running';

export const pathOf = ({all}) => all ? 'admin/downloads' : 'downloads';

export const queryOf = ({state, q}) => ({...STATES[state], q});

/** Whether the filter shows a download as it is known now; items of collections stand with their collection. Running ones include those that ask for input, as on the server. */
export function fits({state, q, all}, download) {
    const text = (q ?? '').trim().toLowerCase();
    return !download.collectionId && (all || download.userId === session.me?.user.id)
        && (state === 'all' || state === 'running' && isRunning(download) || stateOf(download) === state)
        && (!text || download.pubfileId.includes(text) || (download.title ?? '').toLowerCase().includes(text));
}

/** Whether `a` stands before `b` in a list of the server: the newer one does, and those of one moment go by their ids. */
export const isBefore = (a, b) => isLater(a.createdAt, b.createdAt) || a.createdAt === b.createdAt && a.id > b.id;

/** Running ones first, then the newest first; those that are gone are left out. */
export function inOrder(ids) {
    const known = [...ids].map(id => downloads.get(id)).filter(Boolean);
    return known.sort((a, b) => isRunning(b) - isRunning(a) || (isBefore(a, b) ? -1 : 1)).map(({id}) => id);
}
