// Work that only one tab does at a time.
const LEASE = 'ww-refresh';

/** Does `work` while no other tab does it; gives what it gave. */
export const alone = work => navigator.locks ? navigator.locks.request(LEASE, work) : leased(work);

/**
 * Browsers have locks for HTTPS and this device only. Else a lease in the storage, "until id", does it: whoever wrote it looks
 * again after a moment, since another tab may have found it free in the same one.
 */
async function leased(work) {
    const id = Math.random().toString(36).slice(2);
    const held = () => (localStorage.getItem(LEASE) ?? '0 ').split(' ');
    const hold = milliseconds => localStorage.setItem(LEASE, `${Date.now() + milliseconds} ${id}`);
    const release = () => held()[1] === id && localStorage.removeItem(LEASE);
    while (held()[1] !== id) {
        if (Number(held()[0]) < Date.now()) {
            hold(5000);
        }
        await new Promise(resolve => setTimeout(resolve, 50 + Math.random() * 150));
    }
    hold(40000);
    addEventListener('pagehide', release);
    try {
        return await work();
    } finally {
        removeEventListener('pagehide', release);
        release();
    }
}
