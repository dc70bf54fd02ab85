// Who uses the page. The tokens are in cookies that no script can read; a mark says only that there may be some.
import {get, post, put, renew, setCsrf, whenSessionEnds, whenUserIsKnown} from './api.js';
import {speak} from './text.js';

const MARK = 'ww-session';
/** Whose session this browser has: cookies are the same in all tabs. */
const WHO = 'ww-who';

class Session extends EventTarget {
    /** `start`, `setup`, `login`, `password` (must be changed first), `in` or `away` (the server cannot be reached). */
    state = 'start';
    me = null;
    /** Set when a session ended by itself: the login says so, and returns to where one was. */
    ended = false;
    #leaving = false;

    constructor() {
        super();
        whenSessionEnds(() => this.expire());
        whenUserIsKnown(id => this.me && this.#belongsTo(id));
        addEventListener('storage', event => event.key === WHO && this.#belongsTo(event.newValue));
    }

    /** A tab must not go on as somebody else, nor show what the one before had: it begins anew. */
    #belongsTo(id) {
        if (id !== (this.me?.user.id ?? null)) {
            location.reload();
        }
    }

    /** Finds out whether the server wants its first administrator, a login, or knows this browser. */
    async start() {
        try {
            if (localStorage.getItem(MARK) && await renew()) {
                return await this.#enter();
            }
            localStorage.removeItem(MARK);
            const setup = await get('setup');
            this.#become(setup.needed ? 'setup' : 'login');
        } catch (problem) {
            this.problem = problem;
            this.#become('away');
        }
    }

    async login(email, password) {
        const answer = await post('auth/login', {email, password, cookie: true});
        setCsrf(answer.csrfToken);
        localStorage.setItem(MARK, '1');
        this.ended = false;
        await this.#enter();
    }

    async logout() {
        this.#leaving = true;
        try {
            await post('auth/logout');
        } catch (problem) {
            // Nobody is in where there is no session; but an answer that did not come leaves it open.
            if (problem.status !== 401) {
                throw problem;
            }
        } finally {
            this.#leaving = false;
        }
        localStorage.removeItem(WHO);
        this.#end(false);
    }

    /** The session ended while the page was open; by a logout it does not end by itself. */
    expire() {
        if (this.me && !this.#leaving) {
            this.#end(true);
        }
    }

    /** All sessions end with a change of the password, so the new one is used at once. */
    async changePassword(oldPassword, newPassword) {
        const email = this.me.user.email;
        await put('me/password', {oldPassword, newPassword});
        await this.login(email, newPassword);
    }

    async refresh() {
        const me = await get('me');
        if (this.me) {
            this.#belongsTo(me.user.id);
        }
        this.me = me;
        localStorage.setItem(WHO, me.user.id);
        setCsrf(this.me.csrfToken);
        this.dispatchEvent(new Event('change'));
    }

    /** Kept on the server, shown at once, and taken back where it is refused. */
    async prefer(changes) {
        const {me} = this;
        const before = this.preferences;
        me.preferences = {...before, ...changes};
        await this.show();
        try {
            me.preferences = await put('me/preferences', me.preferences);
        } catch (problem) {
            me.preferences = before;
            await this.show();
            throw problem;
        }
    }

    get preferences() {
        return {theme: 'auto', density: 'comfortable', language: 'auto', ...this.me?.preferences};
    }

    get isAdmin() {
        return this.may('admin:read');
    }

    /** Whether the user has a scope, be it by one that includes it. */
    may(scope) {
        const scopes = this.me?.scopes ?? [];
        return scopes.includes(scope) || scopes.includes(`${scope.split(':')[0]}:*`);
    }

    /** Theme, density and language take effect. */
    async show() {
        const {theme, density, language} = this.preferences;
        const page = document.documentElement;
        if (theme === 'auto') {
            page.removeAttribute('data-theme');
        } else {
            page.dataset.theme = theme;
        }
        page.dataset.density = density;
        await speak(language);
        this.dispatchEvent(new Event('change'));
    }

    async #enter() {
        await this.refresh();
        await this.show();
        this.#become(this.me.mustChangePassword ? 'password' : 'in');
    }

    #end(byItself) {
        setCsrf(null);
        localStorage.removeItem(MARK);
        this.ended = byItself;
        this.me = null;
        this.#become('login');
    }

    #become(state) {
        this.state = state;
        this.dispatchEvent(new Event('change'));
    }
}

export const session = new Session();
