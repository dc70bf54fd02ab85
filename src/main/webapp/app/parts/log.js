// The log of a run, live: its last lines, with a search, and a hold for whoever reads.
import {html, nothing, repeat} from '../vendor/lit.js';
import {address, get} from '../core/api.js';
import {downloads} from '../core/downloads.js';
import {Element} from '../core/element.js';
import {exact} from '../core/format.js';
import {t} from '../core/text.js';
import {toasts} from '../core/toasts.js';
import {ask} from './dialogs.js';
import {icon} from './small.js';

const KEPT = 2000;

class Log extends Element {
    static properties = {download: {attribute: false}, attempt: {type: Number}, follow: {state: true}, wanted: {state: true}, lost: {state: true}};
    #lines = [];
    #source = null;
    #of = null;
    #frame = 0;
    #dropped = 0;
    #cut = false;
    #next = 0;
    #waited = 0;

    constructor() {
        super();
        this.follow = true;
        this.wanted = '';
    }

    connectedCallback() {
        super.connectedCallback();
        this.watch(document, 'visibilitychange', () => this.#looked());
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#source?.close();
        this.#of = null;
    }

    /** The newest run is followed as events, which also tell of the download itself; earlier ones are read as they were. */
    willUpdate() {
        const past = this.attempt && this.attempt < this.download.attempt;
        const finished = !['queued', 'running'].includes(this.download.status);
        const of = `${this.download.id} ${past ? this.attempt : 'now'} ${past ? '' : this.download.attempt}`;
        if (!document.hidden && (of !== this.#of || this.#cut || !past && !finished && this.#source === null)) {
            this.#open(of, past);
        }
    }

    /** A page that nobody looks at holds no stream: browsers open six connections to one server, for all pages together. */
    #looked() {
        if (document.hidden && this.#source) {
            this.#source.close();
            [this.#source, this.#cut] = [null, true];
        }
        this.requestUpdate();
    }

    #open(of, past) {
        this.#source?.close();
        if (of !== this.#of) {
            [this.#lines, this.#dropped] = [[], 0];
        }
        const path = `downloads/${this.download.id}/`;
        const after = this.#lines.at(-1)?.seq;
        const source = new EventSource(past ? address(`${path}logs`, {attempt: this.attempt, after}) : address(`${path}events`, {after}));
        [this.#of, this.#source, this.#cut] = [of, source, false];
        source.onmessage = event => this.#add({seq: Number(event.lastEventId), text: event.data, at: null});
        source.addEventListener('log', event => this.#add(JSON.parse(event.data)));
        for (const type of ['snapshot', 'state']) {
            source.addEventListener(type, event => downloads.put(JSON.parse(event.data)));
        }
        source.addEventListener('progress', event => downloads.progress(this.download.id, JSON.parse(event.data)));
        source.addEventListener('end', event => {
            source.close();
            this.#source = null;
            if (!past) {
                downloads.put(JSON.parse(event.data));
            }
            this.requestUpdate();
        });
        source.onopen = () => { [this.lost, this.#waited] = [false, 0]; };
        source.onerror = () => {
            this.lost = true;
            // A browser tries again after a lost connection, but not after an answer that is no stream.
            if (source.readyState === EventSource.CLOSED && source === this.#source) {
                this.#waited = Math.min(60, this.#waited * 2 || 1);
                setTimeout(() => this.#again(source, of, past), this.#waited * 1000);
            }
        };
    }

    /** Any call renews the session first, where that is what was missing. */
    async #again(source, of, past) {
        const wanted = () => this.isConnected && source === this.#source;
        if (wanted()) {
            await get('me').catch(() => null);
        }
        if (wanted()) {
            this.#open(of, past);
        }
    }

    #add(line) {
        // A line that came already comes again after a lost connection.
        if (line.seq && line.seq <= (this.#lines.at(-1)?.seq ?? 0)) {
            return;
        }
        this.#lines.push({text: line.text, seq: line.seq, key: this.#next++, title: line.at ? exact(line.at) : nothing, look: /\b(error|failed|refused|denied)\b/i.test(line.text) ? 'bad' : ''});
        if (this.#lines.length > KEPT) {
            this.#dropped += this.#lines.splice(0, this.#lines.length - KEPT).length;
        }
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            this.requestUpdate();
        });
    }

    render() {
        const wanted = this.wanted.toLowerCase();
        const shown = wanted ? this.#lines.filter(line => line.text.toLowerCase().includes(wanted)) : this.#lines;
        return html`<div class="log-tools">
                <label><span class="unseen">${t('log.search')}</span><input type="search" placeholder=${t('log.search')} @input=${event => { this.wanted = event.target.value; }}></label>
                <span class="count" role="status">${wanted ? t('log.found', {n: shown.length}) : this.#dropped ? t('log.last', {n: KEPT}) : nothing}</span>
                <button type="button" class="secondary small" aria-pressed=${this.follow} @click=${() => { this.follow = !this.follow; }}>${icon(this.follow ? 'pause' : 'play')}${t(this.follow ? 'log.hold' : 'log.follow')}</button>
                <button type="button" class="secondary small" @click=${() => this.#copy(shown)}>${icon('copy')}${t('copy.copy')}</button>
                <a role="button" class="secondary small" target="_blank" rel="noopener" href=${address(`downloads/${this.download.id}/logs`, {attempt: this.attempt || null})}>${icon('file')}${t('log.raw')}</a></div>
            <div class="log" role="log" tabindex="0" aria-label=${t('log.title')} aria-live=${this.follow ? 'polite' : 'off'} @scroll=${event => this.#scrolled(event.target)}>${
                shown.length === 0 ? html`<p>${t(wanted ? 'log.none' : this.download.status === 'queued' ? 'log.not-yet' : 'log.empty')}</p>`
                    : repeat(shown, line => line.key, line => html`<div class=${line.look} title=${line.title}>${wanted ? marked(line.text, wanted) : line.text}</div>`)}</div>
            ${this.lost && this.#source ? html`<small role="status">${t('log.lost')}</small>` : nothing}`;
    }

    updated() {
        const box = this.querySelector('.log');
        if (this.follow && box) {
            this.scrolledTo = box.scrollHeight - box.clientHeight;
            box.scrollTop = this.scrolledTo;
        }
    }

    /** Whoever scrolls up reads, and whoever scrolls to the end follows again. */
    #scrolled(box) {
        const end = box.scrollHeight - box.clientHeight - box.scrollTop < 8;
        if (end !== this.follow && (end || box.scrollTop < (this.scrolledTo ?? 0) - 8)) {
            this.follow = end;
        }
    }

    async #copy(lines) {
        const text = lines.map(line => line.text).join('\n');
        try {
            await navigator.clipboard.writeText(text);
            toasts.say(t('log.copied', {n: lines.length}));
        } catch {
            ask(t('log.title'), () => html`<textarea rows="14" readonly aria-label=${t('log.title')}>${text}</textarea>`, {wide: true});
        }
    }
}
customElements.define('ww-log', Log);

function marked(text, wanted) {
    const at = text.toLowerCase().indexOf(wanted);
    return at === -1 ? text : html`${text.slice(0, at)}<mark>${text.slice(at, at + wanted.length)}</mark>${text.slice(at + wanted.length)}`;
}
