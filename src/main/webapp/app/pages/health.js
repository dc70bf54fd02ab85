// How the server is, in plain words: what is wrong, how bad that is, and what to do about it.
import {html, nothing} from '../vendor/lit.js';
import {curl, get, post, Problem, renew, root} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes, duration, number} from '../core/format.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import {act} from '../core/toasts.js';
import {confirm} from '../parts/dialogs.js';
import {chip, fault, icon, meter, when, word} from '../parts/small.js';

await Promise.all([need('server', 'health'), sheet('admin')]);

const GOOD = ['ok', 'connected', 'ready', 'writable'];
const BAD = ['down', 'disconnected'];
const colour = said => GOOD.includes(said) ? 'success' : BAD.includes(said) ? 'failed' : 'waiting';

/** What lies beside the API answers with its JSON also when something is down. */
async function look(path) {
    const ask = () => fetch(new URL(path, root), {headers: {Accept: 'application/json'}, signal: AbortSignal.timeout(30000)}).catch(() => { throw new Problem(0, null); });
    let answer = await ask();
    if (answer.status === 401 && await renew()) {
        answer = await ask();
    }
    const said = await answer.json().catch(() => null);
    if (!answer.ok && !said?.checks) {
        throw new Problem(answer.status, said);
    }
    return said;
}

class Health extends Element {
    static properties = {status: {state: true}, health: {state: true}, engine: {state: true}, instances: {state: true}, paused: {state: true}, problems: {state: true}, at: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.problems = {};
        this.watch(session, 'change');
        this.#load();
        this.every(30000, () => this.#load());
    }

    /** Each part by itself: what can be told is told while another one is in trouble. */
    async #load() {
        const parts = {status: () => look('status'), engine: () => get('admin/engine'),
            instances: async () => (await get('admin/instances')).instances, paused: async () => (await get('admin/queue')).paused};
        const problems = {};
        await Promise.all(Object.entries(parts).map(async ([name, work]) => {
            try {
                this[name] = await work();
            } catch (problem) {
                // Nothing old looks like news.
                this[name] = undefined;
                problems[name] = problem;
            }
        }));
        this.problems = problems;
        this.at = problems.status ? this.at : new Date().toISOString();
    }

    render() {
        return html`<div class="head"><h1>${t('page.health')}</h1>${this.at ? html`<small>${t('health.seen')} ${when(this.at)}</small>` : nothing}
                <button type="button" class="secondary small" @click=${() => this.#load()}>${icon('retry')}${t('health.again')}</button></div>
            ${this.#troubles()}
            <div class="cards">${this.#services()}${this.#engine()}${this.#queue()}</div>
            ${this.#instances()}
            ${this.#checks()}
            <ww-api-call .lines=${[[t('health.call.status'), curl('GET', '../../status')], [t('health.call.health'), curl('GET', '../../health')], [t('health.call.pause'), curl('POST', 'admin/queue/pause')]]}></ww-api-call>`;
    }

    #troubles() {
        if (!this.status) {
            return this.problems.status ? html`${fault(this.problems.status)}${[401, 403].includes(this.problems.status.status) ? html`<p>${t('health.refused')}</p>` : nothing}` : html`<p aria-busy="true">${t('shell.loading')}</p>`;
        }
        const {status, troubles} = this.status;
        return troubles.length === 0 ? html`<section class="card verdict good">${icon('check')}<div><h2>${t(`health.${status}`)}</h2><p>${t('health.ok.more')}</p></div></section>`
            : html`<section class="card verdict ${status}"><div><h2>${icon('warning')} ${t(`health.${status}`)}</h2>
                <ul class="troubles">${troubles.map(trouble => html`<li><p>${chip(trouble.severity === 'down' ? 'failed' : 'waiting', t(`severity.${trouble.severity}`))} <strong>${trouble.cause}</strong></p>
                    <p>${t('health.cure')} ${trouble.cure}${trouble.service === 'accounts' ? html` <a href="#/accounts">${t('page.accounts')}</a>` : nothing}</p></li>`)}</ul></div></section>`;
    }

    #services() {
        if (!this.status) {
            return nothing;
        }
        const {services, metrics} = this.status;
        return html`<section class="card"><h2>${t('health.services')}</h2><dl class="facts">${Object.entries(services).map(([name, said]) => html`<dt>${word('service', name)}</dt><dd>${chip(colour(said), word('said', said))}</dd>`)}
            <dt>${t('health.uptime')}</dt><dd>${duration(metrics.uptime)}</dd><dt>${t('health.jobs')}</dt><dd>${number(metrics.activeJobs)}</dd></dl>
            ${meter(t('health.memory'), metrics.memory.used, metrics.memory.total, bytes)}</section>`;
    }

    #engine() {
        return html`<section class="card"><h2>DepotDownloader</h2>${this.engine ? engineWords(this.engine, this.status?.troubles.some(trouble => trouble.service === 'engine')) : fault(this.problems.engine)}
            ${this.engine && this.engine.state !== 'ready' ? html`<p><a href="#/welcome">${t('dash.setup')}</a></p>` : nothing}</section>`;
    }

    #queue() {
        const {paused} = this;
        return html`<section class="card"><h2>${t('health.queue')}</h2>${paused === undefined ? fault(this.problems.paused) : html`
            <p>${chip(paused ? 'waiting' : 'success', t(paused ? 'health.queue.paused' : 'health.queue.runs'))}</p><p>${t(paused ? 'health.queue.paused.more' : 'health.queue.runs.more')}</p>
            ${session.may('admin:write') ? html`<button type="button" class=${paused ? '' : 'secondary'} @click=${() => this.#pause(!paused)}>${icon(paused ? 'play' : 'pause')}${t(paused ? 'health.queue.resume' : 'health.queue.pause')}</button>` : nothing}`}</section>`;
    }

    #instances() {
        return html`<h2>${t('dash.instances')}</h2>${!this.instances ? fault(this.problems.instances) : html`<div class="wide-table"><table class="paged"><caption class="unseen">${t('dash.instances')}</caption>
            <thead><tr>${['instance.name', 'health.state', 'instance.address', 'instance.version', 'instance.slots', 'instance.started', 'instance.seen'].map(name => html`<th scope="col">${t(name)}</th>`)}</tr></thead>
            <tbody>${this.instances.map(each => html`<tr><th scope="row">${each.id}</th><td data-label=${t('health.state')}>${each.alive ? chip('success', t('instance.alive')) : chip('failed', t('instance.silent'))}</td>
                <td data-label=${t('instance.address')}>${each.address}</td><td data-label=${t('instance.version')}>${each.version}</td><td data-label=${t('instance.slots')}>${t('meter.of', {used: each.running, limit: each.slots})}</td>
                <td data-label=${t('instance.started')}>${when(each.startedAt)}</td><td data-label=${t('instance.seen')}>${when(each.seenAt)}</td></tr>`)}</tbody></table></div>`}`;
    }

    /** Every single check, asked for when it is opened: what is wrong with one stands above. */
    #checks() {
        return html`<details class="checks" @toggle=${event => event.target.open && this.#check()}><summary>${t('health.checks')}</summary>${fault(this.problems.health)}
            ${!this.health ? nothing : html`<div class="wide-table"><table class="paged"><thead><tr><th scope="col">${t('health.check')}</th><th scope="col">${t('health.state')}</th><th scope="col">${t('health.data')}</th></tr></thead>
                <tbody>${this.health.checks.map(check => html`<tr><th scope="row">${word('check', check.name)}</th><td data-label=${t('health.state')}>${chip(check.status === 'UP' ? 'success' : 'failed', word('said', check.status))}</td>
                    <td data-label=${t('health.data')}>${Object.keys(check.data ?? {}).length ? html`<small>${data(check.data)}</small>` : nothing}</td></tr>`)}</tbody></table></div>`}</details>`;
    }

    async #check() {
        try {
            this.health = await look('health');
            this.problems = {...this.problems, health: null};
        } catch (problem) {
            this.health = undefined;
            this.problems = {...this.problems, health: problem};
        }
    }

    async #pause(pause) {
        if (!pause || await confirm(t('health.queue.pause'), t('health.queue.pause.text'), t('health.queue.pause'), {danger: false})) {
            await act(() => post(`admin/queue/${pause ? 'pause' : 'resume'}`), t(pause ? 'health.queue.paused.done' : 'health.queue.resumed.done'));
            this.#load();
        }
    }
}
customElements.define('ww-health', Health);

const data = of => Object.entries(of).map(([name, value]) => `${name}: ${name.endsWith('Bytes') ? bytes(value) : value}`).join(' · ');

/** A sentence with the addresses in it as links. */
const linked = sentence => sentence.split(/(https:\/\/[^\s,]+[^\s,.])/).map((part, at) => at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>` : part);

/** Whether the program that fetches is there, and what to do if not; `told` when that stands elsewhere already. */
export const engineWords = (engine, told = false) => html`<p>${chip(engine.state === 'ready' ? 'success' : engine.state === 'unknown' ? 'running' : 'waiting', t(`engine.${engine.state}`))}${engine.version ? ` ${engine.version}` : ''}</p>
    ${engine.problem && !told ? html`<p><strong>${engine.problem}</strong></p>` : nothing}${engine.cure && !told ? html`<p>${t('health.cure')} ${engine.cure}</p>` : nothing}
    ${engine.state !== 'ready' && engine.howToGetIt ? html`<p>${linked(engine.howToGetIt)}</p>` : nothing}
    <p><small>${t(engine.sandboxEnabled ? 'engine.sandbox' : 'engine.no-sandbox')}</small></p>`;
