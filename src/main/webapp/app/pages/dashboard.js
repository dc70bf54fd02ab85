// What the server does, at one look: queue, last day, why things failed, room, logins, limits.
import {html, nothing, svg} from '../vendor/lit.js';
import {curl, get} from '../core/api.js';
import {Element} from '../core/element.js';
import {bytes, count, duration, number} from '../core/format.js';
import {route} from '../core/route.js';
import {session} from '../core/session.js';
import {sheet} from '../core/sheets.js';
import {need, t} from '../core/text.js';
import '../parts/chart.js';
import {bars, chip, empty, fault, meter, word} from '../parts/small.js';
import {usageMeters} from '../parts/usage.js';

await Promise.all([need('server'), sheet('admin')]);

const QUEUE = ['waiting', 'running', 'needsInput', 'success', 'failed', 'canceled'];

class Dashboard extends Element {
    static properties = {stats: {state: true}, instances: {state: true}, me: {state: true}, problem: {state: true}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(session, 'change');
        this.#load();
        this.every(15000, () => this.#load());
    }

    async #load() {
        try {
            const [stats, {instances}, me] = await Promise.all([get('admin/stats'), get('admin/instances'), get('me')]);
            Object.assign(this, {stats, instances, me, problem: null});
        } catch (problem) {
            this.problem = problem;
        }
    }

    render() {
        return html`<div class="head"><h1>${t('page.dashboard')}</h1></div>${fault(this.problem)}
            ${!this.stats ? this.problem ? nothing : html`<p aria-busy="true">${t('shell.loading')}</p>` : html`
                ${this.#queue(this.stats.queue)}
                <div class="cards wide-cards">
                    ${this.#finished(this.stats.finished)}${this.#reasons(this.stats)}
                </div>
                <div class="cards">
                    ${this.#storage(this.stats.storage)}${this.#accounts(this.stats.accounts)}${this.#instances()}${this.#limits()}
                </div>`}
            <ww-api-call .lines=${[[t('dash.call.stats'), curl('GET', 'admin/stats')], [t('dash.call.instances'), curl('GET', 'admin/instances')]]}></ww-api-call>`;
    }

    #queue(queue) {
        return html`<section aria-label=${t('dash.queue')}><ul class="figures-row">${QUEUE.map(name => html`<li><a class="card figure" href=${route.href('queue', {of: 'all', state: name})}>
            <strong class="live-figure">${count(queue[name])}</strong>${chip(name)}</a></li>`)}</ul></section>`;
    }

    #finished(hours) {
        const times = hours.map(({hour}) => new Date(hour) / 1000);
        const of = name => hours.map(each => each[name]);
        const sum = name => of(name).reduce((a, b) => a + b, 0);
        const all = sum('success') + sum('failed') + sum('canceled');
        const series = [['success', 'success'], ['failed', 'failed'], ['canceled', 'canceled']]
            .map(([name, state]) => ({label: t(`state.${state}`), colour: `--ww-chart-${name}`, values: of(name)}));
        return html`<section class="card"><h2>${t('dash.day')}</h2>
            ${all === 0 ? empty(t('dash.day.none'), t('dash.day.none.hint')) : html`
                <h3>${t('dash.finished')}</h3>
                <ww-chart .times=${times} .series=${series} .show=${number} .label=${t('dash.finished.words', {success: sum('success'), failed: sum('failed'), canceled: sum('canceled')})}></ww-chart>
                <h3>${t('dash.bytes', {size: bytes(sum('bytes'))})}</h3>
                <ww-chart binary .times=${times} .series=${[{label: t('dash.content'), colour: '--ww-chart-bytes', values: of('bytes')}]} .show=${bytes} .label=${t('dash.bytes', {size: bytes(sum('bytes'))})}></ww-chart>
                ${this.#table(hours)}`}</section>`;
    }

    /** The same for those who cannot see a picture. */
    #table(hours) {
        return html`<details class="as-table"><summary>${t('dash.as-table')}</summary><table><thead><tr><th scope="col">${t('dash.hour')}</th>${['success', 'failed', 'canceled'].map(name => html`<th scope="col">${t(`state.${name}`)}</th>`)}<th scope="col">${t('dash.content')}</th></tr></thead>
            <tbody>${hours.filter(each => each.success + each.failed + each.canceled > 0).map(each => html`<tr><th scope="row">${new Date(each.hour).toLocaleTimeString(document.documentElement.lang, {timeStyle: 'short'})}</th><td>${number(each.success)}</td><td>${number(each.failed)}</td><td>${number(each.canceled)}</td><td>${bytes(each.bytes)}</td></tr>`)}</tbody></table></details>`;
    }

    #reasons({finished, reasons}) {
        const sum = name => finished.reduce((all, each) => all + each[name], 0);
        const ended = sum('success') + sum('failed');
        return html`<section class="card"><h2>${t('dash.rate')}</h2>
            ${ended === 0 ? html`<p><small>${t('dash.day.none')}</small></p>` : html`<p class="rate"><strong>${(sum('success') / ended).toLocaleString(document.documentElement.lang, {style: 'percent', maximumFractionDigits: 1})}</strong>
                <span>${t('dash.rate.of', {success: sum('success'), n: ended})}</span></p>`}
            ${reasons.length === 0 ? html`<p><small>${t('dash.reasons.none')}</small></p>` : html`<h3>${t('dash.reasons')}</h3>
                ${bars(reasons.map(({code, count: many}) => [word('reason', code), many]), 'failed')}`}</section>`;
    }

    #storage(storage) {
        const part = size => Math.max(0, Math.min(1000, size / storage.totalBytes * 1000));
        const used = storage.totalBytes - storage.freeBytes;
        const low = storage.freeBytes < storage.lowWatermarkBytes;
        return html`<section class="card"><h2>${t('dash.storage')}</h2>
            <svg class="disk" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label=${t('dash.storage.words', {used: bytes(storage.usedBytes), free: bytes(storage.freeBytes), total: bytes(storage.totalBytes)})}>${svg`
                <rect class="all" width="1000" height="24"/><rect class="other" width=${part(used)} height="24"/><rect class="content" width=${part(Math.min(used, storage.usedBytes))} height="24"/>
                <rect class="mark" x=${1000 - part(storage.lowWatermarkBytes) - 2} width="4" height="24"/>`}</svg>
            <dl class="facts keyed"><dt class="content">${t('dash.storage.content')}</dt><dd>${bytes(storage.usedBytes)} · ${t('dash.storage.items', {n: storage.contents})}</dd>
                <dt class="other">${t('dash.storage.other')}</dt><dd>${bytes(Math.max(0, used - storage.usedBytes))}</dd>
                <dt class="all">${t('dash.storage.free')}</dt><dd>${bytes(storage.freeBytes)} ${low ? chip('failed', t('dash.storage.low')) : nothing}</dd>
                <dt class="mark">${t('dash.storage.mark')}</dt><dd>${t('dash.storage.mark.at', {size: bytes(storage.lowWatermarkBytes)})}</dd></dl></section>`;
    }

    #accounts(accounts) {
        return html`<section class="card"><h2>${t('dash.logins')}</h2>${accounts.length === 0 ? html`<p><small>${t('account.none.hint')}</small></p><p><a href="#/accounts">${t('account.add')}</a></p><p><a href="#/welcome">${t('dash.setup')}</a></p>`
            : accounts.map(account => html`${meter(html`<a href="#/accounts">${account.alias}</a> ${account.needsHelp ? chip('failed', t('account.needs-help')) : account.waitSeconds > 0 ? chip('waiting', t('dash.logins.wait', {time: duration(account.waitSeconds)})) : nothing}`,
                account.loginsLastHour, account.budget, number, account.alias)}`)}</section>`;
    }

    #instances() {
        return html`<section class="card calm"><h2>${t('dash.instances')}</h2>${this.instances.map(each => html`
            ${meter(html`${each.id} ${each.alive ? nothing : chip('failed', t('instance.silent'))}`, each.running, each.slots, number, each.id)}`)}<p><a href="#/health">${t('page.health')}</a></p></section>`;
    }

    #limits() {
        return html`<section class="card"><h2>${t('dash.limits')}</h2>${usageMeters(this.me)}</section>`;
    }
}
customElements.define('ww-dashboard', Dashboard);
