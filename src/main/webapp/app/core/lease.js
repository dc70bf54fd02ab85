// Work that only one tab does at a time where a browser has no locks: it has them for HTTPS and for its own device only.

/**
 * Does `work` under the lease `name` in the browser's storage, "until id", and gives what it gave. Whoever wrote the lease looks
 * again after a moment, since another tab may have found it free in the same one.
 */
export async function leased(name, work) {
    const id = Math.random().toString(36).slice(2);
    const held = () => (localStorage.getItem(name) ?? '0 ').split(' ');
    const hold = milliseconds => localStorage.setItem(name, `${Date.now() + milliseconds} ${id}`);
    const release = () => held()[1] === id && localStorage.removeItem(name);
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
