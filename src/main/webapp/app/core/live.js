// The one event stream of this tab: all downloads of the user, as `snapshot`, `download` and `progress`.
import {address, renew} from './api.js';

class Live extends EventTarget {
    /** `off`, `live`, `reconnecting` or `offline`: what is shown may be old unless it is `live`. */
    state = 'off';
    #path = 'events';
    #source = null;
    #retry = null;
    #waited = 0;
    #silence = null;
    /** Whether it was given back because nobody looks. */
    #resting = false;
    #leaving = null;
    #kept = () => {};

    /** Opens the stream, or opens it anew: each connection begins with a snapshot, which fills any gap. */
    open() {
        this.close();
        this.#become(navigator.onLine ? 'reconnecting' : 'offline');
        const source = new EventSource(address(this.#path));
        this.#source = source;
        source.onopen = () => {
            this.#waited = 0;
            this.#heard();
            this.#become('live');
        };
        source.onerror = () => this.#lost(source);
        for (const type of ['snapshot', 'download', 'progress', 'heartbeat']) {
            source.addEventListener(type, event => {
                this.#heard();
                this.dispatchEvent(new CustomEvent(type, {detail: JSON.parse(event.data)}));
            });
        }
    }

    /** The server says something every 15 seconds; a connection can be gone without a word, as after a laptop's sleep. */
    #heard() {
        clearTimeout(this.#silence);
        this.#silence = setTimeout(() => this.open(), 40000);
    }

    /** Follows `events`, or `admin/events` for everybody's: one stream a tab, because browsers open few connections to one server. */
    follow(path) {
        if (path !== this.#path) {
            this.#path = path;
            if (this.state !== 'off') {
                this.open();
            }
        }
    }

    /** Whether it tells of everybody's downloads. */
    get everybody() {
        return this.#path !== 'events';
    }

    /** Browsers open six connections to one server, for all tabs together: a tab that nobody looks at gives its own back after a minute. */
    looked() {
        clearTimeout(this.#leaving);
        this.#kept();
        if (document.hidden) {
            this.#leaving = setTimeout(() => this.#leave(), 60000);
        } else if (this.#resting) {
            this.open();
        }
    }

    /** One of them keeps it, whose title still tells that Steam asks for a code. */
    #leave() {
        const rest = () => {
            if (this.state !== 'off') {
                this.close();
                this.#resting = true;
            }
        };
        if (!navigator.locks) {
            rest();
            return;
        }
        navigator.locks.request('ww-hidden', {ifAvailable: true}, lock => !document.hidden ? null
            : lock ? new Promise(resolve => { this.#kept = resolve; }) : rest());
    }

    close() {
        clearTimeout(this.#retry);
        clearTimeout(this.#silence);
        this.#resting = false;
        this.#source?.close();
        this.#source = null;
        this.#become('off');
    }

    /** A browser comes back by itself after a broken connection, but gives up after an answer that is none. */
    #lost(source) {
        if (source !== this.#source) {
            return;
        }
        this.#become(navigator.onLine ? 'reconnecting' : 'offline');
        if (source.readyState === EventSource.CLOSED) {
            this.#waited = Math.min(30, this.#waited * 2 || 1);
            this.#retry = setTimeout(() => this.#again(), this.#waited * 1000);
        }
    }

    async #again() {
        const source = this.#source;
        const known = await renew().catch(() => true);
        if (source !== this.#source) {
            return;
        }
        if (known) {
            const waited = this.#waited;
            this.open();
            this.#waited = waited;
        } else {
            this.close();
            this.dispatchEvent(new Event('ended'));
        }
    }

    #become(state) {
        if (state !== this.state) {
            this.state = state;
            this.dispatchEvent(new Event('change'));
        }
    }
}

export const live = new Live();
document.addEventListener('visibilitychange', () => live.looked());
addEventListener('online', () => live.state === 'offline' && live.open());
