// The frame of the page: who is there, where they are, what stands above everything.
import {html, nothing} from './vendor/lit.js';
import {base, get} from './core/api.js';
import {Element} from './core/element.js';
import {downloads, stateOf} from './core/downloads.js';
import {keys} from './core/keys.js';
import {live} from './core/live.js';
import {route} from './core/route.js';
import {session} from './core/session.js';
import {speak, t} from './core/text.js';
import {act, toasts} from './core/toasts.js';
import {ask} from './parts/dialogs.js';
import {fault, icon, iconButton, when} from './parts/small.js';

/** Each page by its name in the address: its element, its module, whether it is an administrator's. */
const PAGES = {
    queue: {load: () => import('./pages/queue.js'), draw: () => html`<ww-queue></ww-queue>`},
    download: {load: () => import('./pages/download.js'), draw: id => html`<ww-download .id=${id}></ww-download>`},
    batch: {load: () => import('./pages/batch.js'), draw: id => html`<ww-batch .id=${id}></ww-batch>`},
    batches: {load: () => import('./pages/batches.js'), draw: () => html`<ww-batches></ww-batches>`},
    tools: {load: () => import('./pages/tools.js'), draw: () => html`<ww-tools></ww-tools>`},
    me: {load: () => import('./pages/me.js'), draw: () => html`<ww-me></ww-me>`},
    dashboard: {admin: true, load: () => import('./pages/dashboard.js'), draw: () => html`<ww-dashboard></ww-dashboard>`},
    users: {admin: true, load: () => import('./pages/users.js'), draw: id => html`<ww-users .id=${id}></ww-users>`},
    keys: {admin: true, load: () => import('./pages/keys.js'), draw: id => html`<ww-keys .id=${id}></ww-keys>`},
    accounts: {admin: true, load: () => import('./pages/accounts.js'), draw: id => html`<ww-accounts .id=${id}></ww-accounts>`},
    audit: {admin: true, load: () => import('./pages/audit.js'), draw: () => html`<ww-audit></ww-audit>`},
    health: {admin: true, load: () => import('./pages/health.js'), draw: () => html`<ww-health></ww-health>`},
    welcome: {admin: true, load: () => import('./pages/welcome.js'), draw: () => html`<ww-welcome></ww-welcome>`},
    settings: {admin: true, load: () => import('./pages/settings.js'), draw: () => html`<ww-settings></ww-settings>`},
};

const ICONS = {queue: 'list', dashboard: 'chart', users: 'users', keys: 'key', accounts: 'steam', audit: 'book', health: 'heart', settings: 'gear', tools: 'plug'};

class App extends Element {
    static properties = {failed: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change', () => this.#sessionChanged());
        this.watch(route, 'change', () => this.#moved());
        this.watch(live, 'change');
        this.watch(live, 'ended', () => session.expire());
        // Thousands may change at once. No frame is waited for: the title tells of it behind other tabs, too.
        this.watch(downloads, ['change', 'snapshot', 'gone'], () => { this.soon ??= setTimeout(() => { this.soon = null; this.#waitingChanged(); }, 100); });
        this.watch(toasts, 'change');
        this.every(10000, () => { this.#waitingChanged(); this.requestUpdate(); });
        this.watch(window, 'paste', event => this.#pasted(event));
        this.watch(window, 'dragover', event => this.#mayAdd && event.preventDefault());
        this.watch(window, 'drop', event => this.#dropped(event));
        keys.bind({
            n: {text: 'keys.add', run: () => this.#add()},
            g: {text: 'keys.queue', run: () => route.go('queue')},
            '?': {text: 'keys.help', run: () => this.#help()},
        });
        session.start();
    }

    render() {
        switch (session.state) {
            case 'start': return html`<main class="plain" aria-busy="true"></main>`;
            case 'away': return html`<main class="plain">${fault(session.problem)}<button type="button" @click=${() => session.start()}>${t('action.again')}</button></main>`;
            case 'in': return this.#frame();
            default: return this.#door();
        }
    }

    #door() {
        return html`<main class="door"><header>${icon('whale')}<h1>WallWhale</h1></header>${
            session.state === 'setup' ? html`<ww-setup></ww-setup>`
                : session.state === 'password' ? html`<ww-password></ww-password>` : html`<ww-login></ww-login>`}</main>${this.#toasts()}`;
    }

    #frame() {
        const page = PAGES[route.page];
        return html`
            <a class="skip" href="#content" @click=${event => { event.preventDefault(); this.querySelector('#content').focus(); }}>${t('shell.skip')}</a>
            <header class="top">
                <a class="brand" href="#/queue">${icon('whale')}<span>WallWhale</span></a>
                <nav aria-label=${t('shell.pages')}>${['queue', ...session.isAdmin ? ['dashboard', 'users', 'keys', 'accounts', 'audit', 'health', 'settings'] : [], 'tools'].map(name => html`
                    <a href="#/${name}" title=${t(`page.${name}`)} aria-current=${route.page === name || name === 'queue' && ['download', 'batch', 'batches'].includes(route.page) ? 'page' : nothing}>${icon(ICONS[name])}<span>${t(`page.${name}`)}</span></a>`)}</nav>
                <div class="tools">
                    ${this.#connection()}
                    ${session.may('download:write') ? html`<button type="button" class="add" @click=${() => this.#add()}>${icon('plus')}<span>${t('action.add')}</span></button>` : nothing}
                    ${this.#bell()}
                    ${this.#menu()}
                </div>
            </header>
            ${this.#guardBanner()}
            <main id="content" tabindex="-1" class=${live.state === 'live' ? '' : 'stale'}>
                ${!page || page.admin && !session.isAdmin ? html`<div class="empty"><h2>${t('shell.nowhere')}</h2><a href="#/queue">${t('page.queue')}</a></div>`
                    : this.failed ? html`${fault(this.failed)}<button type="button" @click=${() => location.reload()}>${t('action.again')}</button>` : page.ready ? page.draw(route.path[1] && encodeURIComponent(route.path[1])) : html`<p aria-busy="true">${t('shell.loading')}</p>`}
            </main>${this.#toasts()}`;
    }

    #connection() {
        return html`<span class="connection ${live.state}" role="status" title=${t(`connection.${live.state}.hint`)}>${t(`connection.${live.state}`)}</span>`;
    }

    #bell() {
        return html`<button type="button" class="icon" popovertarget="past" aria-label=${t('shell.past')} title=${t('shell.past')}><svg aria-hidden="true"><use href="app/icons.svg#bell"></use></svg></button>
            <div id="past" popover class="drop">${toasts.past.length === 0 ? html`<p>${t('shell.nothing-past')}</p>`
                : html`<ul>${toasts.past.map(toast => html`<li class=${toast.error ? 'error' : ''}>${toast.text} <small>${when(toast.at)}</small></li>`)}</ul>`}</div>`;
    }

    #menu() {
        const choose = (name, values) => html`<label>${t(`prefer.${name}`)}<select @change=${event => session.prefer({[name]: event.target.value}).catch(problem => toasts.refuse(problem))}>
            ${values.map(value => html`<option value=${value} .selected=${session.preferences[name] === value}>${t(`prefer.${name}.${value}`)}</option>`)}</select></label>`;
        return html`<button type="button" class="icon" popovertarget="menu" aria-label=${t('shell.menu')} title=${session.me.user.email}><svg aria-hidden="true"><use href="app/icons.svg#person"></use></svg></button>
            <div id="menu" popover class="drop">
                <p><strong>${session.me.user.email}</strong></p>
                <a href="#/me" @click=${() => this.querySelector('#menu').hidePopover()}>${t('page.me')}</a>
                ${choose('theme', ['auto', 'light', 'dark'])}
                ${choose('density', ['comfortable', 'compact'])}
                ${choose('language', ['auto', 'en', 'de'])}
                <button type="button" class="secondary small" @click=${() => this.#help()}>${t('keys.title')}</button>
                <a href="docs" target="_blank" rel="noopener">${t('shell.docs')}</a>
                <button type="button" class="small" @click=${() => act(() => session.logout())}>${t('session.logout')}</button>
            </div>`;
    }

    #guardBanner() {
        const asking = this.asking ?? [];
        return asking.length === 0 ? nothing : html`<div class="guard-banner" role="alert">${icon('shield')}
            <span>${t('guard.banner', {n: asking.length, title: asking[0].title ?? asking[0].pubfileId})}</span>
            <a role="button" href="#/download/${asking[0].id}">${t('guard.answer')}</a></div>`;
    }

    #toasts() {
        return html`<div class="toasts" role="status">${toasts.shown.map(toast => html`<div class="toast ${toast.error ? 'error' : ''}"><span>${toast.text}</span>
            ${toast.undo ? html`<button type="button" class="small" @click=${() => { toasts.close(toast); toast.undo(); }}>${t('action.undo')}</button>` : nothing}
            ${iconButton('close', t('action.close'), () => toasts.close(toast))}</div>`)}</div>`;
    }

    async #sessionChanged() {
        if (session.state === 'in' && live.state === 'off') {
            live.open();
        }
        if (session.state === 'in') {
            // Ahead: it is wanted when the server may be out of reach.
            import('./pages/door.js').catch(() => null);
        } else {
            live.close();
            downloads.clear();
            toasts.clear();
            document.querySelectorAll('ww-dialog').forEach(dialog => dialog.close(undefined));
        }
        if (session.state === 'setup' || session.state === 'login' || session.state === 'password') {
            await act(() => import('./pages/door.js'));
        }
        await this.#load();
        this.requestUpdate();
    }

    /** Another page begins at its top; another filter of the same one stays where it is. */
    #moved() {
        const at = route.path.join('/');
        if (at !== this.at) {
            this.at = at;
            scrollTo(0, 0);
        }
        this.#load();
    }

    async #load() {
        const page = PAGES[route.page];
        this.failed = null;
        if (session.state === 'in' && page && !page.ready) {
            try {
                await page.load();
                page.ready = true;
            } catch (problem) {
                // Whoever went elsewhere meanwhile is not told.
                this.failed = page === PAGES[route.page] ? problem : this.failed;
            }
        }
        this.#title();
        this.requestUpdate();
    }

    #waitingChanged() {
        const asking = downloads.all().filter(download => stateOf(download) === 'needsInput' && (live.everybody || download.userId === session.me?.user.id) && new Date(download.needsInput?.until) > Date.now());
        const ids = asking.map(download => download.id).join();
        if (ids !== (this.asking ?? []).map(download => download.id).join()) {
            this.asking = asking;
            this.#title();
            this.requestUpdate();
        }
    }

    #title() {
        const page = session.state === 'in' ? t(`page.${route.page}`) : '';
        document.title = `${this.asking?.length ? `(!) ${t('guard.title')} · ` : ''}${page ? `${page} · ` : ''}WallWhale`;
    }

    get #mayAdd() {
        return session.state === 'in' && session.may('download:write') && !document.querySelector('dialog[open]');
    }

    async #add(text = '') {
        if (this.#mayAdd) {
            (await act(() => import('./parts/add.js')))?.openAdd(text);
        }
    }

    #pasted(event) {
        const text = event.clipboardData?.getData('text') ?? '';
        if (text.trim() && !event.target.closest?.('input, textarea, select') && this.#mayAdd) {
            event.preventDefault();
            this.#add(text);
        }
    }

    async #dropped(event) {
        if (!this.#mayAdd) {
            return;
        }
        event.preventDefault();
        const files = await Promise.all([...event.dataTransfer.files].slice(0, 5).map(file => file.text()));
        const text = [event.dataTransfer.getData('text/uri-list') || event.dataTransfer.getData('text'), ...files].join('\n');
        if (text.trim()) {
            this.#add(text);
        }
    }

    #help() {
        ask(t('keys.title'), () => html`<table class="keys"><tbody>${keys.list().map(({key, text}) => html`<tr><td><kbd>${key}</kbd></td><td>${t(text)}</td></tr>`)}</tbody></table>`);
    }
}

/** A link to a file, or to a raw text in a tab of its own, goes by the cookie alone, which ends after minutes: it is renewed before the browser goes there. */
const renewed = new WeakSet();
addEventListener('click', async event => {
    const link = event.target.closest?.('a[download], a[target=_blank]');
    if (link?.href.startsWith(base) && !renewed.delete(link)) {
        event.preventDefault();
        try {
            await get('me');
            renewed.add(link);
            link.click();
        } catch (problem) {
            toasts.refuse(problem);
        }
    }
});

await speak('auto');
customElements.define('ww-app', App);
